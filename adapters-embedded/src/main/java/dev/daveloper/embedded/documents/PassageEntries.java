package dev.daveloper.embedded.documents;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.apache.lucene.document.Document;

/**
 * The entries of one document, each made when the index asks for it. One thread iterates, once; any thread may look how
 * far it is, or give it up.
 */
final class PassageEntries implements Iterable<Document> {
    private final int count;
    private final IntFunction<Document> entry;
    private volatile int done;
    private volatile boolean givenUp;

    /** @param entry makes the entry of the passage with this ordinal */
    PassageEntries(int count, IntFunction<Document> entry) {
        this.count = count;
        this.entry = entry;
    }

    /** Lets the next entry be the exception that takes back all of them. */
    void giveUp() {
        givenUp = true;
    }

    /** How many of them the index has taken, from 0 to 1. */
    double progress() {
        return count == 0 ? 1 : (double) done / count;
    }

    /** Whether none has to be taken any more. */
    boolean isEmpty() {
        return done >= count;
    }

    @Override
    public Iterator<Document> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !isEmpty();
            }

            @Override
            public Document next() {
                return taken();
            }
        };
    }

    private Document taken() {
        int ordinal = done;
        if (givenUp) {
            throw new CancellationException("the document was given up");
        }
        if (ordinal >= count) {
            throw new NoSuchElementException();
        }
        done = ordinal + 1;
        return entry.apply(ordinal);
    }
}
