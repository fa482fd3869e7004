package dev.daveloper.http.webhooks;

import dev.daveloper.domain.webhooks.Trouble;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Which trouble a failure is. */
final class Troubles {
    /** Causes within causes that are looked at. */
    private static final int MAX_CAUSES = 8;

    private Troubles() {}

    /** @param connected whether the request was on its way already */
    static Trouble of(@Nullable Throwable failure, boolean connected) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            Trouble trouble = ofOne(cause, connected);
            if (trouble != Trouble.PROTOCOL) {
                return trouble;
            }
            if (cause instanceof HttpException || cause instanceof HttpResponseException) {
                return Trouble.PROTOCOL;
            }
            cause = cause.getCause();
        }
        return failure instanceof IOException ? Trouble.RESET : Trouble.PROTOCOL;
    }

    private static Trouble ofOne(Throwable cause, boolean connected) {
        return switch (cause) {
            case ForbiddenAddress forbidden -> Trouble.FORBIDDEN_ADDRESS;
            case UnknownHostException unknown -> Trouble.UNKNOWN_HOST;
            case UnresolvedAddressException unknown -> Trouble.UNKNOWN_HOST;
            case SSLException tls -> Trouble.TLS;
            case ConnectException refused -> Trouble.REFUSED;
            case NoRouteToHostException unreachable -> Trouble.REFUSED;
            case SocketTimeoutException late -> connected ? Trouble.TIMEOUT : Trouble.CONNECT_TIMEOUT;
            case TimeoutException late -> connected ? Trouble.TIMEOUT : Trouble.CONNECT_TIMEOUT;
            default -> Trouble.PROTOCOL;
        };
    }
}
