package dev.daveloper.http;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Receivers of webhooks that do nothing but say that they have them, each on a port of its own, over connections that
 * stay open. Told a number on standard input it forgets what it knows, and says when so many different deliveries have
 * come, and in how many requests.
 */
public final class FastReceivers {
    private static final byte[] HAVE_IT = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BACKLOG = 512;
    private static final int MAX_LINE_CHARS = 4_096;
    private static final String ID = "webhook-id:";
    private static final String LENGTH = "content-length:";

    private final Set<String> deliveries = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int wanted = Integer.MAX_VALUE;

    private FastReceivers() {}

    /** Argument: how many of them. */
    public static void main(String[] args) throws IOException {
        FastReceivers receivers = new FastReceivers();
        List<String> ports = new ArrayList<>();
        for (int count = Integer.parseInt(args[0]); count > 0; count--) {
            ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            ports.add(Integer.toString(server.getLocalPort()));
            Thread.ofVirtual().start(() -> receivers.accept(server));
        }
        System.out.println("receivers on " + String.join(" ", ports));
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            receivers.expect(Integer.parseInt(line.strip()));
        }
    }

    private void expect(int count) {
        deliveries.clear();
        requests.set(0);
        wanted = count;
        System.out.println("expecting");
    }

    private void accept(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                throw new IllegalStateException("a receiver that does not receive measures nothing", e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            String id = read(in);
            while (!id.isEmpty()) {
                out.write(HAVE_IT);
                requests.incrementAndGet();
                // The same event comes to many of them.
                if (deliveries.add(socket.getLocalPort() + " " + id) && deliveries.size() == wanted) {
                    System.out.println("all in " + requests.get() + " requests over " + connections.get());
                }
                id = read(in);
            }
        } catch (IOException e) {
            // Whoever sent has hung up, in the middle of something or not.
        }
    }

    /** The id of the next delivery, which is read to its end; empty when there is none. */
    private static String read(InputStream in) throws IOException {
        String id = "";
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String field = line.toLowerCase(Locale.ROOT);
            if (field.startsWith(ID)) {
                id = line.substring(ID.length()).strip();
            } else if (field.startsWith(LENGTH)) {
                length = Integer.parseInt(field.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
        return id;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < MAX_LINE_CHARS; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
