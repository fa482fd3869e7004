package dev.daveloper.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a script or a command answered: a list of texts, numbers and nothings. */
public record Reply(List<@Nullable Object> parts) {
    /** How many parts there are. */
    public int size() {
        return parts.size();
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether there is something at this place. */
    public boolean has(int at) {
        return at < parts.size() && parts.get(at) != null;
    }

    public byte[] bytes(int at) {
        return (byte[]) required(at);
    }

    public String text(int at) {
        return new String(bytes(at), StandardCharsets.UTF_8);
    }

    public Optional<String> optional(int at) {
        return has(at) ? Optional.of(text(at)) : Optional.empty();
    }

    /** A number, whether it came as one or in digits. */
    public long number(int at) {
        Object part = required(at);
        return part instanceof Long number ? number : Long.parseLong(text(at));
    }

    private Object required(int at) {
        Object part = parts.get(at);
        if (part == null) {
            throw new IllegalStateException("the reply has nothing at " + at + " of " + parts.size());
        }
        return part;
    }
}
