package dev.daveloper.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that stays open, with as little work of its own as can be: it shares the machine with what is
 * measured. For one thread.
 */
final class HttpLine implements Closeable {
    private static final int BUFFER_BYTES = 8_192;
    private static final int MAX_LINE_BYTES = 1 << 20;
    private static final int PATIENCE_MILLIS = 120_000;
    /** Connections from one client address, so that its ports suffice. */
    private static final int PER_ADDRESS = 5_000;

    private static final int HEX = 16;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private byte[] line = new byte[256];
    private int from;
    private int to;
    private boolean chunked;
    private long left;

    /** @param number which connection of many this is: they come from several addresses of this machine */
    HttpLine(int port, int number) throws IOException {
        socket = new Socket();
        socket.bind(new InetSocketAddress("127.0.0." + (2 + number / PER_ADDRESS), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
    }

    static byte[] request(String method, String path, String fields, String body) {
        String length = body.isEmpty() && method.equals("GET") ? "" : "Content-Length: " + body.length() + "\r\n";
        String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
        return (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + type + length + "\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads the head of a response; its body is read from here on. */
    int head() throws IOException {
        String first = rawLine();
        chunked = false;
        left = 0;
        for (String field = rawLine(); !field.isEmpty(); field = rawLine()) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                left = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            }
        }
        return Integer.parseInt(first.split(" ", 3)[1]);
    }

    /** The rest of the body. */
    String body() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int next = read(); next >= 0; next = read()) {
            body.append((char) next);
        }
        return body.toString();
    }

    /** Reads the body to its end and says how long it was. */
    int skipBody() throws IOException {
        int length = 0;
        while (read() >= 0) {
            length++;
        }
        return length;
    }

    /** The next line of the body in {@link #bytes()}, and its length; -1 at the end. */
    int nextLine() throws IOException {
        int length = 0;
        for (int next = read(); next != '\n'; next = read()) {
            if (next < 0) {
                return -1;
            }
            if (length == line.length) {
                grow();
            }
            line[length++] = (byte) next;
        }
        return length;
    }

    private void grow() throws IOException {
        if (line.length >= MAX_LINE_BYTES) {
            throw new IOException("a line of more than " + MAX_LINE_BYTES + " bytes");
        }
        line = java.util.Arrays.copyOf(line, line.length * 2);
    }

    byte[] bytes() {
        return line;
    }

    /** A byte as it came, without regard to a body. */
    int raw() throws IOException {
        if (from == to) {
            to = in.read(buffer);
            from = 0;
            if (to < 0) {
                to = 0;
                throw new EOFException("the connection was closed");
            }
        }
        return buffer[from++] & 0xff;
    }

    private int read() throws IOException {
        if (left == 0) {
            if (!chunked) {
                return -1;
            }
            left = Long.parseLong(rawLine(), HEX);
            if (left == 0) {
                rawLine();
                chunked = false;
                return -1;
            }
        }
        int next = raw();
        left--;
        if (left == 0 && chunked) {
            rawLine();
        }
        return next;
    }

    private String rawLine() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = raw(); next != '\n'; next = raw()) {
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
