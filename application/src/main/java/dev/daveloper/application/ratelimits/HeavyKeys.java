package dev.daveloper.application.ratelimits;

import dev.daveloper.application.ratelimits.in.LimitStats.Heavy;
import dev.daveloper.domain.ratelimits.Subject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who takes most, in bounded memory: the space-saving algorithm (Metwally, Agrawal, El Abbadi 2005) with
 * {@value #PLACES} places, so that a count is too high by at most all that was counted divided by them. What comes
 * while another thread counts is not counted: nobody waits for this.
 */
final class HeavyKeys {
    static final int PLACES = 256;
    static final int SHOWN = 20;

    /** When all places are taken, one newcomer in so many is let in: finding whom it displaces looks at all of them. */
    private static final int NEWCOMERS = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_BYTES = 8;

    private final Map<Key, long[]> counts = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long newcomers;
    private final byte[] secret = new byte[32];

    private record Key(String policy, Subject subject) {}

    HeavyKeys() {
        new SecureRandom().nextBytes(secret);
    }

    void count(String policy, Subject subject, boolean refused) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            Key key = new Key(policy, subject);
            long[] known = counts.get(key);
            if (known == null) {
                if (counts.size() == PLACES && newcomers++ % NEWCOMERS != 0) {
                    return;
                }
                known = new long[] {counts.size() < PLACES ? 0 : takeLightest(), 0};
                counts.put(key, known);
            }
            known[0]++;
            known[1] += refused ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    List<Heavy> heaviest() {
        lock.lock();
        try {
            return counts.entrySet().stream()
                    .sorted(Comparator.comparingLong((Map.Entry<Key, long[]> entry) -> -entry.getValue()[0]))
                    .limit(SHOWN)
                    .map(entry -> new Heavy(
                            entry.getKey().policy(),
                            hashOf(entry.getKey().subject()),
                            entry.getValue()[0],
                            entry.getValue()[1]))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private long takeLightest() {
        Map.Entry<Key, long[]> lightest = null;
        for (Map.Entry<Key, long[]> entry : counts.entrySet()) {
            if (lightest == null || entry.getValue()[0] < lightest.getValue()[0]) {
                lightest = entry;
            }
        }
        if (lightest == null) {
            return 0;
        }
        counts.remove(lightest.getKey());
        return lightest.getValue()[0];
    }

    private String hashOf(Subject subject) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            byte[] hash = mac.doFinal((subject.kind() + ":" + subject.value()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
