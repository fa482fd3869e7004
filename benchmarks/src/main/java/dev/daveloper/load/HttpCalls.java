package dev.daveloper.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Calls over HTTP, by connections that stay open, each with a thread of its own. */
final class HttpCalls implements Task {
    /** One has one answer at a time, and its history grows with each. */
    private static final int SESSIONS_OF_A_LINE = 12;

    private static final String QUESTION = "1 0 0";

    /** What is called, and until when a call lasts. */
    enum Kind {
        /** An answer as one, until it is there. */
        CHAT,
        /** An answer as it is made, until its first words are there. */
        FIRST,
        GET,
        POST
    }

    private final Kind kind;
    private final Pace pace;
    private final Moments taken;
    private final Path file;
    private final List<HttpLine> lines = new ArrayList<>();
    private final List<byte[][]> requests = new ArrayList<>();

    HttpCalls(Kind kind, int port, String path, Pace pace, int count, Path file) throws IOException {
        this.kind = kind;
        this.pace = pace;
        this.taken = new Moments(pace.most());
        this.file = file;
        for (int i = 0; i < count; i++) {
            HttpLine line = new HttpLine(port, i);
            lines.add(line);
            requests.add(requestsOver(line, path));
        }
    }

    private byte[][] requestsOver(HttpLine line, String path) throws IOException {
        if (kind == Kind.GET || kind == Kind.POST) {
            String body = kind == Kind.POST ? "{\"message\":\"" + QUESTION + "\"}" : "";
            return new byte[][] {HttpLine.request(kind.name(), path, "", body)};
        }
        byte[][] asked = new byte[SESSIONS_OF_A_LINE][];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = Gateway.chat(Gateway.openSession(line), QUESTION, kind == Kind.FIRST);
        }
        return asked;
    }

    @Override
    public int go() throws Exception {
        Together together = new Together();
        pace.begin();
        for (int i = 0; i < lines.size(); i++) {
            HttpLine line = lines.get(i);
            byte[][] asked = requests.get(i);
            together.start(false, () -> call(line, asked));
        }
        together.join();
        taken.write(file);
        return taken.count();
    }

    private void call(HttpLine line, byte[][] asked) throws IOException {
        int number = 0;
        for (long moment = pace.next(); moment != Long.MIN_VALUE; moment = pace.next()) {
            line.send(asked[number++ % asked.length]);
            if (kind == Kind.FIRST) {
                long due = moment;
                Words.readStream(line, new Moments(1), () -> taken.add(System.nanoTime() - due));
                continue;
            }
            int status = line.head();
            if (status != 200) {
                throw new IOException(kind + ": " + status + " " + line.body());
            }
            line.skipBody();
            taken.add(System.nanoTime() - moment);
        }
    }

    @Override
    public void close() throws IOException {
        for (HttpLine line : lines) {
            line.close();
        }
    }
}
