package dev.daveloper.application.testkit;

import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.failures.InvalidRequest;
import java.util.List;
import java.util.Optional;

/** Pages of a list that is in memory: a cursor is the id of the last message before. */
final class HeldMessages {
    private HeldMessages() {}

    static Page<Message> page(List<Message> all, PageRequest page) {
        int from = page.cursor().map(cursor -> indexAfter(all, cursor)).orElse(0);
        int end = Math.min(all.size(), from + page.limit());
        Optional<String> next =
                end < all.size() ? Optional.of(all.get(end - 1).id().value()) : Optional.empty();
        return new Page<>(all.subList(from, end), next);
    }

    private static int indexAfter(List<Message> all, String cursor) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().value().equals(cursor)) {
                return i + 1;
            }
        }
        throw new InvalidRequest("#/cursor", "The cursor is not one of this list.");
    }
}
