package dev.daveloper.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Viewers of a gateway, each of an answer of its own that all begin at once; not one word may be missing. */
final class Viewers implements Task {
    private final String message;
    private final int words;
    private final Moments ages;
    private final Path file;
    private final List<HttpLine> lines = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    Viewers(int port, int count, String message, Path file) throws IOException {
        this.message = message;
        this.words = wordsOf(message);
        this.ages = new Moments(count * words);
        this.file = file;
        for (int i = 0; i < count; i++) {
            HttpLine line = new HttpLine(port, i);
            lines.add(line);
            tokens.add(Gateway.openSession(line));
        }
    }

    static int wordsOf(String message) {
        return Integer.parseInt(message.split(" ", 2)[0]);
    }

    @Override
    public int go() throws Exception {
        Together together = new Together();
        AtomicInteger seen = new AtomicInteger();
        for (int i = 0; i < lines.size(); i++) {
            HttpLine line = lines.get(i);
            byte[] asked = Gateway.chat(tokens.get(i), message, true);
            together.start(false, () -> {
                line.send(asked);
                seen.addAndGet(Words.readStream(line, ages, () -> {}));
            });
        }
        together.join();
        ages.write(file);
        return checked(seen.get(), lines.size() * words);
    }

    static int checked(int seen, int said) {
        if (seen != said) {
            throw new IllegalStateException(seen + " words came of " + said);
        }
        return seen;
    }

    @Override
    public void close() throws IOException {
        for (HttpLine line : lines) {
            line.close();
        }
    }
}
