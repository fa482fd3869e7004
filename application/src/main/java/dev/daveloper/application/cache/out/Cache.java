package dev.daveloper.application.cache.out;

import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Entry;
import dev.daveloper.domain.cache.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps entries until they are of no use, a tag of theirs is invalidated, or there is no room. May lose anything at any
 * time, never gives out what was invalidated before it was asked, and never throws because the store behind it is away:
 * it says so. Safe for use by many threads.
 */
public interface Cache extends AutoCloseable {
    /** Keeps nothing. */
    Cache NONE = new NoCache();

    /** What there is under this key, or a ticket to put something there. */
    Lookup find(CacheKey key, Set<Tag> tags);

    /** What became of a question. */
    sealed interface Lookup {
        /**
         * @param entry which has exactly the tags that were asked for, none of which was invalidated since it was made
         * @param near whether it was found without asking anybody
         */
        record Found(Entry entry, Ticket ticket, boolean near) implements Lookup {}

        record Absent(Ticket ticket) implements Lookup {}

        /** The store does not answer in the time that a cache may cost. */
        record Away() implements Lookup {}
    }

    /**
     * How the tags stood when it was asked; what is put with it is worth nothing if one of them was invalidated since,
     * because it may have been made from what was there before.
     */
    record Ticket(List<String> versions) {
        public Ticket {
            versions = List.copyOf(versions);
        }
    }

    /** Keeps the entry, in the place of any other; answers whether it does. */
    boolean put(CacheKey key, Entry entry, Ticket ticket);

    /** Forgets one entry. */
    void remove(CacheKey key);

    /**
     * Makes every entry that has one of these tags worthless, on all nodes, at once here; takes the same time however
     * many they are. Answers whether the others will know: if not, they may give such entries out for as long as they
     * would have anyway.
     */
    boolean invalidate(Set<Tag> tags);

    /** Makes everything worthless, likewise. */
    boolean clear();

    /**
     * Takes it upon this node to make an entry; empty while another node is at it. What is claimed is free again when
     * it is released or after that time.
     */
    Optional<Claim> claim(CacheKey key, Duration atMost);

    /** The right to make an entry. */
    interface Claim extends AutoCloseable {
        /** Gives it back; does nothing if it was lost. */
        @Override
        void close();
    }

    /**
     * What is kept, in pieces, to write it elsewhere. Entries that are put or go meanwhile may be among them or not.
     *
     * @param cursor empty to begin, later as the last piece said
     */
    Piece read(String cursor, int atMost);

    /** @param next empty after the last piece */
    record Piece(List<Kept> entries, String next) {
        public Piece {
            entries = List.copyOf(entries);
        }
    }

    record Kept(CacheKey key, Entry entry) {}

    /** Puts entries that were read elsewhere, as of now; answers how many. */
    int write(Collection<Kept> entries);

    /** What it holds and what happened to it. */
    Usage usage();

    /**
     * @param nearEntries in this node's memory
     * @param nearBytes what they take, about
     * @param evicted entries that had to make room here
     * @param broken what was kept and could not be read, and counted as not there
     * @param away whether the store behind it did not answer when it was asked last
     * @param coherent whether this node's memory may be used, because it would hear of changes elsewhere
     * @param savedBytes what compression spared the store
     * @param lag how late this node hears of what another has invalidated, at most and as of late; empty where no other
     *     node is, or it is not known at the moment
     */
    record Usage(
            long nearEntries,
            long nearBytes,
            long evicted,
            long broken,
            boolean away,
            boolean coherent,
            long savedBytes,
            Optional<Duration> lag) {}

    /** Ends whatever it keeps going. */
    @Override
    void close();
}
