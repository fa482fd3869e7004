package dev.daveloper.stored.webhooks;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.webhooks.Awaited;

/** What is awaited, in one line: the name of it, and whose it is. */
public final class AwaitedText {
    private static final String SHARED = "shared";

    private AwaitedText() {}

    public static String write(Awaited awaited) {
        return switch (awaited) {
            case Awaited.Ingestion ingestion -> ingestion.job() + " " + owner(ingestion.scope());
            case Awaited.Deletion deletion -> deletion.document() + " " + owner(deletion.scope());
        };
    }

    private static String owner(Scope scope) {
        return scope instanceof Scope.OfSession own ? own.session().value() : SHARED;
    }

    public static Awaited read(String text) {
        int space = text.indexOf(' ');
        String id = text.substring(0, space);
        String owner = text.substring(space + 1);
        Scope scope = owner.equals(SHARED) ? Scope.SHARED : Scope.of(new SessionId(owner));
        return id.startsWith(JobId.PREFIX)
                ? new Awaited.Ingestion(new JobId(id), scope)
                : new Awaited.Deletion(new DocumentId(id), scope);
    }
}
