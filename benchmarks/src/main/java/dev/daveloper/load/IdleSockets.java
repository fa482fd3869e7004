package dev.daveloper.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** WebSockets that have said hello and then only answer pings: ready when all are open, done when all are closed. */
final class IdleSockets implements Task {
    private static final int OPENED_AT_ONCE = 64;
    private static final long LOOK_MILLIS = 200;
    private static final long OPEN_WITHIN_SECONDS = 180;
    private static final int SWITCHING = 101;
    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LONGER = 126;
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: daveloper.v1\r\n";

    private final int port;
    private final List<HttpLine> lines = new ArrayList<>();
    private final Together together = new Together();
    private final Semaphore opening = new Semaphore(OPENED_AT_ONCE);
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch ready;
    private volatile boolean closing;

    /** @param offset how many others opened before, by other processes */
    IdleSockets(int port, int count, int offset) throws Exception {
        this.port = port;
        this.ready = new CountDownLatch(count);
        List<String> tokens = openSessions(count);
        for (int i = 0; i < count; i++) {
            String token = tokens.get(i);
            HttpLine line = new HttpLine(port, offset + i);
            lines.add(line);
            opening.acquire();
            together.start(true, () -> hold(line, token));
        }
        long began = System.nanoTime();
        while (!ready.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (together.hasFailed()) {
                close();
                together.join();
            }
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(OPEN_WITHIN_SECONDS)) {
                close();
                throw new IOException(ready.getCount() + " of " + count + " WebSockets did not open in time");
            }
        }
    }

    private List<String> openSessions(int count) throws IOException {
        List<String> tokens = new ArrayList<>();
        try (HttpLine line = new HttpLine(port, 0)) {
            for (int i = 0; i < count; i++) {
                tokens.add(Gateway.openSession(line));
            }
        }
        return tokens;
    }

    private void hold(HttpLine line, String token) throws IOException {
        try {
            line.send(HttpLine.request("GET", "/ws/chat", UPGRADE, ""));
            int status = line.head();
            if (status != SWITCHING) {
                throw new IOException("no WebSocket: " + status);
            }
            line.send(frame(TEXT, "{\"type\":\"hello\",\"token\":\"" + token + "\"}"));
            String said = new String(payload(line, head(line, TEXT)), StandardCharsets.UTF_8);
            if (!said.contains("\"ready\"")) {
                throw new IOException("no ready: " + said);
            }
            open.incrementAndGet();
            ready.countDown();
        } finally {
            opening.release();
        }
        answerPings(line);
    }

    private void answerPings(HttpLine line) throws IOException {
        try {
            while (true) {
                String said = new String(payload(line, head(line, PING)), StandardCharsets.ISO_8859_1);
                line.send(frame(PONG, said));
            }
        } catch (IOException e) {
            open.decrementAndGet();
            if (!closing) {
                throw e;
            }
        }
    }

    /** The length that the head of a frame tells, which has to be of this kind. */
    private static int head(HttpLine line, int kind) throws IOException {
        int first = line.raw();
        if (first != (FINAL | kind)) {
            throw new IOException("an unexpected frame: " + first);
        }
        int length = line.raw();
        return length == LONGER ? line.raw() << 8 | line.raw() : length;
    }

    private static byte[] payload(HttpLine line, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) line.raw();
        }
        return bytes;
    }

    /** Masked with zeros, which changes nothing: this client need not confuse proxies. */
    private static byte[] frame(int kind, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        if (payload.length >= LONGER) {
            throw new IllegalArgumentException("longer than " + LONGER);
        }
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) (FINAL | kind);
        frame[1] = (byte) (MASKED | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    /** How many were open until the end. */
    @Override
    public int go() throws Exception {
        int held = open.get();
        close();
        together.join();
        return held;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        for (HttpLine line : lines) {
            line.close();
        }
    }
}
