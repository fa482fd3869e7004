package dev.daveloper.grpc.documents;

import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.util.List;

/** Scopes as the names that the contract gives them. */
final class Scopes {
    private static final String SHARED = "shared";

    private Scopes() {}

    static String write(Scope scope) {
        return switch (scope) {
            case Scope.Shared shared -> SHARED;
            case Scope.OfSession session -> session.session().value();
        };
    }

    static List<String> write(List<Scope> scopes) {
        return scopes.stream().map(Scopes::write).toList();
    }

    /** @throws InvalidValue when it is neither "shared" nor a session's id */
    static Scope read(String scope) {
        return scope.equals(SHARED) ? Scope.SHARED : Scope.of(new SessionId(scope));
    }

    /** @throws InvalidValue when there is none, or one that is none */
    static List<Scope> read(List<String> scopes) {
        if (scopes.isEmpty()) {
            throw new InvalidValue("scopes", "", "1 or more");
        }
        return scopes.stream().distinct().map(Scopes::read).toList();
    }
}
