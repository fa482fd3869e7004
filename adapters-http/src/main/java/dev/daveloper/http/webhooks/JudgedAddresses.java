package dev.daveloper.http.webhooks;

import dev.daveloper.domain.webhooks.Addresses;
import dev.daveloper.domain.webhooks.Reachable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Looks a name up for each new connection, judges every address that it leads to, and hands out those alone that may be
 * connected to: what was judged is what is dialled, for nobody looks again. Looking up is left to threads of its own,
 * for the system's resolver holds on to a thread for as long as it waits; a name has one of them at most, so that one
 * that nobody answers for leaves the others alone.
 */
final class JudgedAddresses implements SocketAddressResolver, AutoCloseable {
    static final int THREADS = 32;
    static final int MAX_WAITING = 1_024;

    private static final long IDLE_SECONDS = 10;

    /** Looks a name up. */
    @FunctionalInterface
    interface Names {
        /** The system's. */
        Names SYSTEM = InetAddress::getAllByName;

        InetAddress[] find(String name) throws UnknownHostException;
    }

    private final Reachable reachable;
    private final Names names;
    private final Duration patience;
    private final ExecutorService threads;
    private final Map<String, CompletableFuture<InetAddress[]>> underWay = new ConcurrentHashMap<>();

    JudgedAddresses(Reachable reachable, Names names, Duration patience) {
        this.reachable = reachable;
        this.names = names;
        this.patience = patience;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name("webhook-names-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            Optional<byte[]> literal = Addresses.literal(name);
            if (literal.isPresent()) {
                judge(new InetAddress[] {InetAddress.getByAddress(literal.get())}, port, promise);
                return;
            }
            var unused = lookup(name)
                    .copy()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((found, failure) -> {
                        if (failure == null) {
                            judge(found, port, promise);
                        } else {
                            promise.failed(failure);
                        }
                    });
        } catch (UnknownHostException | RejectedExecutionException e) {
            promise.failed(e);
        }
    }

    /** Whoever asks meanwhile gets the same answer. */
    private CompletableFuture<InetAddress[]> lookup(String name) {
        CompletableFuture<InetAddress[]> asked = new CompletableFuture<>();
        CompletableFuture<InetAddress[]> before = underWay.putIfAbsent(name, asked);
        if (before != null) {
            return before;
        }
        try {
            threads.execute(() -> look(name, asked));
        } catch (RejectedExecutionException e) {
            underWay.remove(name, asked);
            throw e;
        }
        return asked;
    }

    private void look(String name, CompletableFuture<InetAddress[]> asked) {
        try {
            InetAddress[] found = find(name);
            underWay.remove(name, asked);
            asked.complete(found);
        } catch (RuntimeException e) {
            underWay.remove(name, asked);
            asked.completeExceptionally(e);
        }
    }

    private InetAddress[] find(String name) {
        try {
            return names.find(name);
        } catch (UnknownHostException e) {
            throw new UnknownName(e);
        }
    }

    private void judge(InetAddress[] found, int port, Promise<List<InetSocketAddress>> promise) {
        List<InetSocketAddress> permitted = new ArrayList<>(found.length);
        for (InetAddress address : found) {
            if (reachable.permits(address.getAddress())) {
                permitted.add(new InetSocketAddress(address, port));
            }
        }
        if (permitted.isEmpty()) {
            promise.failed(new ForbiddenAddress());
        } else {
            promise.succeeded(permitted);
        }
    }

    /** Where a checked exception cannot pass. */
    static final class UnknownName extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownName(UnknownHostException cause) {
            super(cause);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
