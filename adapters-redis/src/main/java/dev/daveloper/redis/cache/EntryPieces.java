package dev.daveloper.redis.cache;

import dev.daveloper.application.cache.out.Cache.Kept;
import dev.daveloper.application.cache.out.Cache.Piece;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.redis.Redis;
import dev.daveloper.redis.cache.Asking.Deadline;
import dev.daveloper.stored.cache.StoredEntry;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All entries, piece by piece, over every server that is written to. Nobody's request waits for this, so that a command
 * may take as long as any other.
 */
final class EntryPieces {
    /** Looks at names for one piece; a Redis that is full of other things gives a short piece. */
    static final int MAX_SCANS = 100;

    /** Entries whose contents are on their way here at once. */
    private static final int FETCHED_AT_ONCE = 16;

    private static final int WRITTEN_AT_ONCE = 16;

    private final Redis redis;
    private final Asking asking;
    private final Shelf shelf;
    private final TagVersions versions;
    private final InstantSource clock;
    private final Duration wait;

    EntryPieces(Redis redis, Asking asking, Shelf shelf, TagVersions versions, InstantSource clock) {
        this.redis = redis;
        this.asking = asking;
        this.shelf = shelf;
        this.versions = versions;
        this.clock = clock;
        this.wait = redis.config().timeouts().command();
    }

    /**
     * Where a reading stands.
     *
     * @param master the server's name
     * @param cursor the server's own
     */
    private record Place(String master, String cursor) {
        private static final String BEGIN = "0";

        /** Empty when there is nothing behind it, or it was no place. */
        static Optional<Place> of(String text, List<String> masters) {
            if (text.isEmpty()) {
                return masters.stream().findFirst().map(first -> new Place(first, BEGIN));
            }
            int gap = text.indexOf(' ');
            return gap < 0
                    ? Optional.empty()
                    : masters.stream()
                            .filter(text.substring(0, gap)::equals)
                            .findFirst()
                            .map(master -> new Place(master, text.substring(gap + 1)));
        }

        Optional<Place> next(ScanCursor said, List<String> masters) {
            return said.isFinished()
                    ? masters.stream()
                            .filter(other -> other.compareTo(master) > 0)
                            .findFirst()
                            .map(other -> new Place(other, BEGIN))
                    : Optional.of(new Place(master, said.getCursor()));
        }

        String text() {
            return master + " " + cursor;
        }
    }

    /** Ends, with what was read so far, when Redis does not answer. A server gives some more than it is asked for. */
    Piece read(String cursor, int atMost) {
        List<Kept> found = new ArrayList<>();
        int half = Math.max(1, atMost / 2);
        ScanArgs args = ScanArgs.Builder.limit(half).match(redis.keys().cachedPattern());
        List<String> masters = redis.masters();
        Optional<Place> place = Place.of(cursor, masters);
        for (int scans = 0; scans < MAX_SCANS && found.size() < half && place.isPresent(); scans++) {
            Place here = place.get();
            ScanCursor from = ScanCursor.of(here.cursor());
            Optional<KeyScanCursor<byte[]>> said = asking.ask(
                    wait,
                    deadline -> redis.sendTo(here.master(), commands -> commands.scan(from, args))
                            .await(deadline.left()));
            said.ifPresent(names -> found.addAll(worthSomething(names.getKeys())));
            place = said.flatMap(names -> here.next(names, masters));
        }
        return new Piece(found, place.map(Place::text).orElse(""));
    }

    private List<Kept> worthSomething(List<byte[]> names) {
        List<Kept> found = new ArrayList<>();
        for (int from = 0; from < names.size(); from += FETCHED_AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + FETCHED_AT_ONCE)).stream()
                    .map(name -> new String(name, StandardCharsets.UTF_8))
                    .toList();
            asking.ask(wait, deadline -> fetch(some, deadline)).ifPresent(found::addAll);
        }
        return found;
    }

    private List<Kept> fetch(List<String> names, Deadline deadline) {
        List<StoredEntry> read = new ArrayList<>();
        shelf.values(names, deadline)
                .forEach((name, form) -> shelf.entry(name, form).ifPresent(read::add));
        Map<String, byte[]> present = presentFor(read.stream().map(StoredEntry::entry), deadline);
        Instant now = clock.instant();
        return read.stream()
                .filter(stored -> stored.versions().equals(versionsIn(present, stored.entry()))
                        && stored.entry().keep(now).isPositive())
                .map(stored -> new Kept(stored.key(), stored.entry()))
                .toList();
    }

    private Map<String, byte[]> presentFor(Stream<Entry> entries, Deadline deadline) {
        List<String> names = entries.flatMap(entry -> versions.namesFor(entry.tags()).stream())
                .distinct()
                .toList();
        return names.isEmpty() ? Map.of() : shelf.values(names, deadline);
    }

    private List<String> versionsIn(Map<String, byte[]> present, Entry entry) {
        return versions.namesFor(entry.tags()).stream()
                .map(name -> TagVersions.in(present, name))
                .toList();
    }

    /** Answers how many; stops when Redis does not answer. */
    int write(List<Kept> entries) {
        int written = 0;
        for (int from = 0; from < entries.size(); from += WRITTEN_AT_ONCE) {
            List<Kept> some = entries.subList(from, Math.min(entries.size(), from + WRITTEN_AT_ONCE));
            Optional<Integer> told = asking.ask(wait, deadline -> write(some, deadline));
            if (told.isEmpty()) {
                return written;
            }
            written += told.get();
        }
        return written;
    }

    private int write(List<Kept> entries, Deadline deadline) {
        Instant now = clock.instant();
        Map<String, byte[]> present = presentFor(entries.stream().map(Kept::entry), deadline);
        List<Redis.Call<String>> calls = new ArrayList<>();
        for (Kept kept : entries) {
            Duration keep = kept.entry().keep(now);
            if (keep.toMillis() > 0) {
                calls.add(
                        shelf.put(new StoredEntry(kept.key(), kept.entry(), versionsIn(present, kept.entry())), keep));
            }
        }
        calls.forEach(call -> call.await(deadline.left()));
        return calls.size();
    }
}
