package dev.daveloper.domain.chat;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A passage that an answer rests on. The answer's text points to it by its index in square brackets, as in {@code [1]}.
 *
 * @param index counts from 1 within the answer
 * @param source where the passage stands
 * @param title the source's name for people
 * @param quote the passage itself, word for word
 * @param position where in the source's text the quote stands, when known
 */
public record Citation(int index, Source source, String title, String quote, Optional<Position> position) {
    public Citation {
        if (index < 1) {
            throw new InvalidValue("citation index", Integer.toString(index), "1 or more");
        }
    }

    /** Where a cited passage can be opened. */
    public sealed interface Source {}

    /** A document that the document service holds. */
    public record DocumentSource(String documentId) implements Source {}

    /** A page that a browser can open: an absolute {@code http(s)} address, or a path of this gateway. */
    public record UrlSource(String url) implements Source {}

    /**
     * A half-open range of the source's text, in UTF-16 code units, and the page it starts on where there are pages.
     */
    public record Position(int start, int end, OptionalInt page) {
        public Position {
            if (start < 0 || end < start) {
                throw new InvalidValue("citation position", start + ".." + end, "a range from 0 on");
            }
        }
    }
}
