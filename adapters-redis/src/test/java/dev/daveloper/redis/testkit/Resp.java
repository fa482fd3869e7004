package dev.daveloper.redis.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Asks a Redis server as {@code redis-cli} does: one command, one answer as text. Apart from the client under test, so
 * that a fault of the one is not hidden by the other. For one thread.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP 2</a>
 */
final class Resp implements AutoCloseable {
    /** How long a server may take to take a connection, and to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Socket socket;
    private final InputStream in;

    /** Over a connection that is made, and closed by {@link #close()}. */
    Resp(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** One command over a connection of its own; the errors are those of {@link #ask}. */
    static String ask(int port, Optional<String> password, String... command) {
        try (Resp server = new Resp(connect(port))) {
            password.ifPresent(secret -> server.ask("AUTH", secret));
            return server.ask(command);
        } catch (IOException failed) {
            throw new UncheckedIOException("port " + port + ": " + failed.getMessage(), failed);
        }
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    /**
     * The answer: of an array its elements, a line each, and of nothing the empty text.
     *
     * @throws IllegalStateException with the server's words, if it answers with an error
     * @throws UncheckedIOException if no answer comes within {@link #PATIENCE}, or the connection ends
     */
    String ask(String... command) {
        try {
            socket.getOutputStream().write(written(command));
            return read();
        } catch (IOException failed) {
            throw new UncheckedIOException(command[0] + " was not answered: " + failed.getMessage(), failed);
        }
    }

    private static byte[] written(String... command) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(("*" + command.length + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String part : command) {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            bytes.write(("$" + text.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            bytes.write(text);
            bytes.write('\r');
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private String read() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new IllegalStateException(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> throw new IOException("not RESP 2: " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] text = in.readNBytes(length);
        if (text.length < length || in.readNBytes(2).length < 2) {
            throw new EOFException("the connection ended in an answer");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private String array(int length) throws IOException {
        StringJoiner elements = new StringJoiner("\n");
        for (int i = 0; i < length; i++) {
            elements.add(read());
        }
        return elements.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(next);
        }
        in.skipNBytes(1);
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
