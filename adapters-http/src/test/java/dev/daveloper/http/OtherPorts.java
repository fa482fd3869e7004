package dev.daveloper.http;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.Library;
import dev.daveloper.application.webhooks.in.Webhooks;
import java.util.Optional;

/** A gateway's ports with another in the place of one of them. */
public final class OtherPorts {
    private OtherPorts() {}

    public static HttpPorts with(HttpPorts ports, Chat chat) {
        return of(ports, chat, ports.tools(), ports.library(), ports.documents());
    }

    public static HttpPorts with(HttpPorts ports, Tools tools) {
        return of(ports, ports.chat(), tools, ports.library(), ports.documents());
    }

    public static HttpPorts with(HttpPorts ports, Library library) {
        return of(ports, ports.chat(), ports.tools(), library, ports.documents());
    }

    public static HttpPorts with(HttpPorts ports, Documents documents) {
        return of(ports, ports.chat(), ports.tools(), ports.library(), documents);
    }

    public static HttpPorts with(HttpPorts ports, Optional<Webhooks> webhooks) {
        return new HttpPorts(
                ports.chat(),
                ports.tools(),
                ports.sessions(),
                ports.health(),
                ports.library(),
                ports.documents(),
                ports.limits(),
                ports.caching(),
                ports.cacheControl(),
                webhooks,
                ports.errorReporter(),
                ports.tracer());
    }

    private static HttpPorts of(HttpPorts ports, Chat chat, Tools tools, Library library, Documents documents) {
        return new HttpPorts(
                chat,
                tools,
                ports.sessions(),
                ports.health(),
                library,
                documents,
                ports.limits(),
                ports.caching(),
                ports.cacheControl(),
                ports.webhooks(),
                ports.errorReporter(),
                ports.tracer());
    }
}
