package dev.daveloper.application.webhooks;

import dev.daveloper.application.webhooks.out.WebhookSender;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Trouble;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each host as it was told to, 200 where it was told nothing, and remembers what it was to send. */
final class ScriptedSender implements WebhookSender {
    private static final int OK = 200;

    private final InstantSource clock;
    private final List<Outbound> sent = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private volatile Optional<Duration> retryAfter = Optional.empty();

    ScriptedSender(InstantSource clock) {
        this.clock = clock;
    }

    void answer(String host, int status) {
        statuses.put(host, status);
    }

    void askForPatience(Duration patience) {
        retryAfter = Optional.of(patience);
    }

    /** From now on this host does not answer, until it is {@link #release released}. */
    void hang(String host) {
        hanging.put(host, new CountDownLatch(1));
    }

    void release(String host) {
        Optional.ofNullable(hanging.remove(host)).ifPresent(CountDownLatch::countDown);
    }

    List<Outbound> sent() {
        return List.copyOf(sent);
    }

    List<Outbound> sentTo(String host) {
        return sent.stream()
                .filter(message -> message.url().host().equals(host))
                .toList();
    }

    int underWay() {
        return underWay.get();
    }

    int interrupted() {
        return interrupted.get();
    }

    @Override
    public Attempt send(Outbound message) throws InterruptedException {
        String host = message.url().host();
        sent.add(message);
        CountDownLatch latch = hanging.get(host);
        if (latch != null) {
            underWay.incrementAndGet();
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            } finally {
                underWay.decrementAndGet();
            }
        }
        int status = statuses.getOrDefault(host, OK);
        return new Attempt(
                message.number(),
                clock.instant(),
                Duration.ofMillis(1),
                OptionalInt.of(status),
                status == OK ? Trouble.NONE : Trouble.STATUS,
                "",
                retryAfter);
    }
}
