package dev.daveloper.embedded.webhooks;

import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.embedded.ContentSeal;
import dev.daveloper.stored.chat.Place;
import dev.daveloper.stored.webhooks.AttemptsCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Seals attempts as events are: a receiver's answer may show what it was sent. Safe for use by many threads. */
final class AttemptSeal {
    private final ContentSeal seal;

    AttemptSeal(ContentSeal seal) {
        this.seal = seal;
    }

    /** What {@code sealed_by} says of what is sealed now. */
    long number() {
        return seal.number();
    }

    byte[] seal(List<Attempt> attempts, Place place) {
        return seal.seal(AttemptsCodec.encode(attempts), place);
    }

    /** @param stored null before the first */
    List<Attempt> open(byte @Nullable [] stored, Place place) {
        return stored == null ? List.of() : AttemptsCodec.decode(seal.open(stored, place));
    }
}
