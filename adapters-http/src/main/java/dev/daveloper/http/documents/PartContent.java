package dev.daveloper.http.documents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** What stands in one part. Whoever is given it may close it without harm to the parts behind. */
final class PartContent extends FilterInputStream {
    PartContent(InputStream content) {
        super(new PushbackInputStream(content));
    }

    /** Whether there is nothing in it; asked before anything was read. */
    boolean isEmpty() throws IOException {
        PushbackInputStream content = (PushbackInputStream) in;
        int first = content.read();
        if (first >= 0) {
            content.unread(first);
        }
        return first < 0;
    }

    @Override
    public void close() {
        // The parser passes over what is left of it.
    }
}
