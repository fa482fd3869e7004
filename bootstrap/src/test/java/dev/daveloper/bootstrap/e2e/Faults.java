package dev.daveloper.bootstrap.e2e;

import dev.daveloper.bootstrap.e2e.ManyNodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fault after the other, chosen by a seed: the same seed brings the same ones in the same order and for as long.
 * Each is over when the next begins, so that there is always somebody who could go on.
 */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final int NORMAL_EXIT = 0;

    private final ManyNodes nodes;
    private final Tally tally;
    private final Random random;
    private final CountDownLatch never = new CountDownLatch(1);

    /** What may happen, as often as it stands here. */
    private enum Kind {
        NODE_KILLED,
        NODE_STOPPED,
        NODE_FROZEN,
        NODE_CUT_OFF,
        REDIS_KILLED,
        REDIS_FROZEN
    }

    Faults(ManyNodes nodes, Tally tally, long seed) {
        this.nodes = nodes;
        this.tally = tally;
        this.random = new Random(seed);
    }

    /** Each of them once, and then any, until the time is over. */
    void happenFor(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Kind> kinds = List.of(Kind.values());
        for (int i = 0; i < kinds.size() || System.nanoTime() < end; i++) {
            pass(500, 2_500);
            Kind kind = i < kinds.size() ? kinds.get(i) : kinds.get(random.nextInt(kinds.size()));
            LOG.info("{}", kind);
            happen(kind);
            tally.count("faults");
            tally.count(
                    "faults." + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        }
    }

    private void happen(Kind kind) throws Exception {
        Node node = nodes.get(random.nextInt(nodes.all().size()));
        switch (kind) {
            case NODE_KILLED -> {
                node.program().kill();
                pass(0, 2_000);
                startAgain(node);
            }
            case NODE_STOPPED -> stop(node);
            case NODE_FROZEN -> {
                node.program().freeze();
                pass(200, 6_000);
                node.program().thaw();
            }
            case NODE_CUT_OFF -> {
                node.network().refuse(true);
                node.network().cut();
                pass(100, 1_500);
                node.network().refuse(false);
            }
            case REDIS_KILLED -> {
                nodes.redis().kill();
                pass(0, 4_000);
                nodes.redis().restart();
            }
            case REDIS_FROZEN -> {
                nodes.redis().freeze();
                pass(100, 5_000);
                nodes.redis().thaw();
            }
        }
    }

    private void stop(Node node) throws InterruptedException {
        node.program().terminate();
        int exit = node.program().awaitExit();
        if (exit != NORMAL_EXIT) {
            tally.broke("a node that was told to stop ended with " + exit + ": "
                    + node.program().log());
        }
        startAgain(node);
    }

    private static void startAgain(Node node) {
        node.start();
        node.awaitListening();
    }

    private void pass(int minMillis, int maxMillis) throws InterruptedException {
        never.await(minMillis + random.nextInt(maxMillis - minMillis), TimeUnit.MILLISECONDS);
    }
}
