package dev.daveloper.application.cache.out;

import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps nothing. */
final class NoCache implements Cache {
    @Override
    public Lookup find(CacheKey key, Set<Tag> tags) {
        return new Lookup.Absent(new Ticket(List.of()));
    }

    @Override
    public boolean put(CacheKey key, Entry entry, Ticket ticket) {
        return false;
    }

    @Override
    public void remove(CacheKey key) {}

    @Override
    public boolean invalidate(Set<Tag> tags) {
        return true;
    }

    @Override
    public boolean clear() {
        return true;
    }

    @Override
    public Optional<Claim> claim(CacheKey key, Duration atMost) {
        return Optional.of(() -> {});
    }

    @Override
    public Piece read(String cursor, int atMost) {
        return new Piece(List.of(), "");
    }

    @Override
    public int write(Collection<Kept> entries) {
        return 0;
    }

    @Override
    public Usage usage() {
        return new Usage(0, 0, 0, 0, false, true, 0, Optional.empty());
    }

    @Override
    public void close() {}
}
