package dev.daveloper.redis.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback address that nobody has. They lie below those that systems give to outgoing connections: a
 * server that was killed must find its port free when it comes back, and a client that keeps trying a free port out of
 * that range meets itself in the end. Another process may take a port before it is used. Safe for use by many threads.
 */
final class FreePort {
    /** What the bus of a cluster adds to a node's port. */
    static final int TO_BUS = 10_000;

    private static final int FIRST = 10_000;
    private static final int PORTS = 12_000;
    /** Starts anywhere, because other builds on this machine look for ports too, and gives no port twice in a while. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private FreePort() {}

    /** @throws IllegalStateException if there is none */
    static int any() {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = next();
            if (isFree(port)) {
                return port;
            }
        }
        throw noneLeft();
    }

    /** A port whose {@linkplain #TO_BUS bus} is free as well. */
    static int withBus() {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = next();
            if (isFree(port) && isFree(port + TO_BUS)) {
                return port;
            }
        }
        throw noneLeft();
    }

    private static int next() {
        return FIRST + Math.floorMod(NEXT.getAndIncrement(), PORTS);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static IllegalStateException noneLeft() {
        return new IllegalStateException("no port is free from " + FIRST + " to " + (FIRST + PORTS - 1));
    }
}
