package dev.daveloper.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that says exactly what the test says, also what no client library would. */
public final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;

    /** @param receiveBufferBytes 0 for the usual; small to be a viewer that soon takes no more */
    public RawConnection(int port, int receiveBufferBytes) throws IOException {
        this.socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    public static String exchange(int port, String request) throws IOException {
        try (RawConnection connection = new RawConnection(port, 0)) {
            connection.say(request);
            return connection.readAll();
        }
    }

    public void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    public void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Says nothing more, but still listens. */
    public void fallSilent() throws IOException {
        socket.shutdownOutput();
    }

    public String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** For the next bytes. */
    public void waitNoLongerThan(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Reads until this text has come; answers all that came. */
    public String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                throw new IOException("the connection ended after: " + read);
            }
            read.append((char) c);
        }
        return read.toString();
    }

    /** Leaves without a word, as a crashed browser does. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
