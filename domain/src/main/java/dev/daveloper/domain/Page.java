package dev.daveloper.domain;

import java.util.List;
import java.util.Optional;

/** @param nextCursor where the next page begins; empty on the last */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
    public Page {
        items = List.copyOf(items);
    }
}
