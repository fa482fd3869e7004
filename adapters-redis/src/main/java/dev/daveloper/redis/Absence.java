package dev.daveloper.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.nio.channels.ClosedChannelException;
import java.util.List;

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
}
