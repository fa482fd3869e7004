package dev.daveloper.application.ratelimits;

import dev.daveloper.application.ratelimits.in.LimitStats.Heavy;
import dev.daveloper.domain.HeavyHitters;
import dev.daveloper.domain.ratelimits.Subject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who takes most of which policy, in bounded memory, told apart and not named. Safe for use by many threads. */
final class HeavyKeys {
    static final int PLACES = 256;
    static final int SHOWN = 20;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_BYTES = 8;

    private final HeavyHitters<Key> hitters = new HeavyHitters<>(PLACES);
    private final byte[] secret = new byte[32];

    private record Key(String policy, Subject subject) {}

    HeavyKeys() {
        new SecureRandom().nextBytes(secret);
    }

    void count(String policy, Subject subject, boolean refused) {
        hitters.count(new Key(policy, subject), refused);
    }

    List<Heavy> heaviest() {
        return hitters.heaviest(SHOWN).stream()
                .map(hitter -> new Heavy(
                        hitter.key().policy(), hashOf(hitter.key().subject()), hitter.count(), hitter.marked()))
                .toList();
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
