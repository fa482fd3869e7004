package dev.daveloper.redis;

import dev.daveloper.redis.Redis.Listening;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to Redis, made in the background, again and again until this is closed. The client mends a link that breaks;
 * one on which nothing is answered any more is given up here and made anew. Safe for use by many threads.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** After so many times of what a command may take, in which nothing at all was answered, a server is given up. */
    private static final int SILENT_FOR_COMMANDS = 3;

    private final RedisConfig config;
    private final Runnable refused;
    private final Links links;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch first = new CountDownLatch(1);
    private final Semaphore silent = new Semaphore(0);
    private final AtomicReference<@Nullable Link> link = new AtomicReference<>();
    private final AtomicLong lostAtNanos = new AtomicLong(Redis.NEVER);
    private volatile long heardAtNanos;
    private volatile @Nullable Thread connecting;

    /** @param refused is told whenever Redis could not be reached */
    Connection(RedisConfig config, Runnable refused) {
        this.config = config;
        this.refused = refused;
        this.links = new Links(config, () -> lostAtNanos.set(System.nanoTime()));
    }

    void start(Listening listening) {
        connecting = Thread.ofVirtual().name("redis-connect").start(() -> connect(listening));
    }

    /** The servers that are written to. */
    Masters masters() {
        return links.masters();
    }

    /** All servers, copies too. */
    Servers servers() {
        return links.servers();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits for the first connection no longer than this. */
    boolean awaitConnected(Duration patience) throws InterruptedException {
        return first.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Empty as long as there is none. */
    Optional<Link> link() {
        return Optional.ofNullable(link.get());
    }

    /** When a connection broke last, by {@link System#nanoTime}, or {@link Redis#NEVER}. */
    long lostAtNanos() {
        return lostAtNanos.get();
    }

    /** Something was answered. */
    void heard() {
        heardAtNanos = System.nanoTime();
    }

    /**
     * Something was not answered in time. A server that is frozen or was cut off without a word keeps its connections,
     * for as long as a quarter of an hour, and may have been replaced by another meanwhile: if nothing was answered for
     * some time it is given up and looked for anew.
     */
    void notHeard() {
        Link open = link.get();
        long nanos = config.timeouts().command().toNanos() * SILENT_FOR_COMMANDS;
        if (open != null && System.nanoTime() - heardAtNanos > nanos && link.compareAndSet(open, null)) {
            LOG.warn("Redis at {} says nothing any more and is looked for anew", config.url());
            lostAtNanos.set(System.nanoTime());
            silent.release();
            open.close();
        }
    }

    private void connect(Listening listening) {
        try {
            while (!isClosed()) {
                connectOnce(listening);
                silent.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when there is a connection, or this was closed. */
    private void connectOnce(Listening listening) throws InterruptedException {
        for (boolean told = false; !isClosed(); told = true) {
            try {
                Link opened = opened(listening);
                heard();
                link.set(opened);
                first.countDown();
                LOG.info("connected to Redis at {}", config.url());
                return;
            } catch (RedisException e) {
                refused.run();
                if (!told) {
                    LOG.warn("Redis at {} cannot be reached and is tried again: {}", config.url(), reason(e));
                }
                closed.await(config.timeouts().reconnectWithin().toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private Link opened(Listening listening) {
        Link opened = links.open();
        try {
            byte[][] channels = Redis.bytes(listening.channels().toArray());
            LettuceFutures.awaitOrCancel(
                    opened.listen(listening.listener(), channels),
                    config.timeouts().connect().toNanos(),
                    TimeUnit.NANOSECONDS);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** What went wrong, and what was the reason for it: a certificate that is not believed, a wrong password. */
    static String reason(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        Throwable last = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            last = cause;
        }
        String first = String.valueOf(last.getMessage());
        return said.contains(first) ? said : said + ": " + first;
    }

    private void endConnecting() {
        Thread thread = connecting;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every connection and every thread of them. A second call does nothing. */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        closed.countDown();
        endConnecting();
        link().ifPresent(Link::close);
        links.close();
    }
}
