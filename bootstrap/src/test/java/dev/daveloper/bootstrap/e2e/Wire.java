package dev.daveloper.bootstrap.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A kept HTTP connection that sends exactly the bytes it is told to, also those that no client library would send. For
 * one thread.
 */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int SHOWN_BYTES = 400;

    private final URI base;
    private Socket socket;
    private InputStream in;

    Wire(URI base) {
        this.base = base;
        connect();
    }

    /** @param headers by their names in lower case; those of one name joined by commas */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Sends one request and reads its answer, on a new connection where the server has left the last one. */
    Answer exchange(byte[] request) {
        try {
            return attempt(request);
        } catch (IOException e) {
            reconnect();
        }
        try {
            return attempt(request);
        } catch (IOException e) {
            String shown = new String(request, 0, Math.min(SHOWN_BYTES, request.length), StandardCharsets.UTF_8);
            throw new UncheckedIOException("no answer to " + shown, e);
        }
    }

    private Answer attempt(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        Answer answer = read(request[0] == 'H');
        if (answer.header("connection").equalsIgnoreCase("close")) {
            reconnect();
        }
        return answer;
    }

    /** Leaves the connection, on which more may be waiting than the answer that was read. */
    void reconnect() {
        close();
        connect();
    }

    private void connect() {
        try {
            socket = new Socket(base.getHost(), base.getPort());
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer read(boolean headOnly) throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + ", " + other);
        }
        int code = Integer.parseInt(status.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        if (headOnly) {
            return new Answer(code, headers, new byte[0]);
        }
        boolean chunked = headers.containsKey("transfer-encoding");
        byte[] body = chunked ? chunks() : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(code, headers, body);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.writeBytes(in.readNBytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended after: " + line);
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
