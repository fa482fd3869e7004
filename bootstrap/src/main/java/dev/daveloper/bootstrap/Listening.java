package dev.daveloper.bootstrap;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** Why an address cannot be listened on, in one sentence for the operator. */
final class Listening {
    private Listening() {}

    /**
     * @param key the setting that names the port
     * @throws RuntimeException the failure itself, when it is none of the network's
     */
    static CannotStart refused(String host, int port, String key, Exception failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                return new CannotStart("Port " + port + " of " + host
                        + " is taken by another program; stop it, or choose another port with --" + key + ".");
            }
            if (cause instanceof UnresolvedAddressException) {
                return new CannotStart("There is no address " + host + " to listen on.");
            }
            if (cause instanceof IOException && cause.getCause() == null) {
                return new CannotStart(
                        "Port " + port + " of " + host + " cannot be listened on: " + cause.getMessage() + ".");
            }
        }
        throw failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }

    /** The address as a URL's authority has it. */
    static String authority(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
