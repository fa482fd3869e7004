package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.embedded.documents.ExtractedText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts a result together again from its frames. It believes the child nothing: a parser may have broken it. */
final class ResultAssembly {
    private final StringBuilder text;
    private final List<Integer> pageStarts = new ArrayList<>();
    private final int chars;
    private final int pages;

    ResultAssembly(Frame header, int maxTextChars) throws IOException {
        ByteBuffer sizes = ByteBuffer.wrap(header.content());
        chars = sizes.getInt();
        pages = sizes.getInt();
        // Each page starts at a place of its own.
        if (chars < 0 || chars > maxTextChars || pages < 0 || pages > chars + 1) {
            throw new IOException("a text of " + chars + " characters and " + pages + " pages");
        }
        text = new StringBuilder(chars);
    }

    void text(Frame frame) throws IOException {
        CharBuffer some = ByteBuffer.wrap(frame.content()).asCharBuffer();
        if (some.length() > chars - text.length()) {
            throw new IOException("more text than the " + chars + " characters that were announced");
        }
        text.append(some);
    }

    void pages(Frame frame) throws IOException {
        IntBuffer some = ByteBuffer.wrap(frame.content()).asIntBuffer();
        while (some.hasRemaining()) {
            int start = some.get();
            int last = pageStarts.isEmpty() ? -1 : pageStarts.getLast();
            if (pageStarts.size() == pages || start <= last || start > chars) {
                throw new IOException("page " + (pageStarts.size() + 1) + " starts at " + start);
            }
            pageStarts.add(start);
        }
    }

    ExtractedText done() throws IOException {
        if (text.length() != chars || pageStarts.size() != pages) {
            throw new IOException("a text that is shorter than announced");
        }
        return new ExtractedText(text.toString(), pageStarts);
    }
}
