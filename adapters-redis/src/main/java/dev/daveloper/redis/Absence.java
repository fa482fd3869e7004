package dev.daveloper.redis;

import dev.daveloper.domain.health.ErrorClass;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Tells a Redis that cannot do something now from one that was asked for something wrong. */
final class Absence {
    /** What a server says that is starting, full, a copy, cut off from its cluster, or refuses us. */
    private static final List<String> SAID = List.of(
            "LOADING",
            "OOM ",
            "READONLY",
            "MISCONF",
            "NOREPLICAS",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "UNBLOCKED",
            "WAIT cannot be used",
            "NOAUTH",
            "NOPERM",
            "WRONGPASS",
            "MOVED",
            "ASK ",
            "max number of clients");

    private static final List<String> REFUSING_US = List.of("NOAUTH", "NOPERM", "WRONGPASS");

    /** Causes of causes that are looked at. */
    private static final int MAX_DEPTH = 10;

    private Absence() {}

    static boolean isOne(Throwable cause) {
        if (cause instanceof RedisCommandExecutionException) {
            // Older servers wrap what a command said in a script into words of their own.
            String said = String.valueOf(cause.getMessage());
            return SAID.stream().anyMatch(said::contains);
        }
        return cause instanceof RedisException
                || cause instanceof ClosedChannelException
                || cause instanceof java.io.IOException
                || cause instanceof java.util.concurrent.CancellationException;
    }

    /** What kind of failure it is, as far as can be told. */
    static ErrorClass kindOf(Throwable failure) {
        ErrorClass kind = ErrorClass.UNAVAILABLE;
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MAX_DEPTH; cause = cause.getCause()) {
            depth++;
            String said = String.valueOf(cause.getMessage());
            if (REFUSING_US.stream().anyMatch(said::contains)) {
                return ErrorClass.UNAUTHENTICATED;
            }
            if (said.contains("OOM ") || said.contains("max number of clients")) {
                return ErrorClass.FULL;
            }
            if (cause instanceof TimeoutException
                    || cause instanceof RedisCommandTimeoutException
                    || said.contains("timed out")) {
                kind = ErrorClass.TIMEOUT;
            } else if (cause instanceof ConnectException) {
                kind = ErrorClass.REFUSED;
            }
        }
        return kind;
    }
}
