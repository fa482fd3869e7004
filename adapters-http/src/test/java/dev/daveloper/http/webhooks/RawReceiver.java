package dev.daveloper.http.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver that does whatever a test wants with each connection. */
final class RawReceiver implements AutoCloseable {
    /** What it does with a request that was read. */
    interface Behaviour {
        void answer(Socket connection, OutputStream out) throws Exception;
    }

    final AtomicInteger connections = new AtomicInteger();
    final AtomicLong written = new AtomicLong();
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket listening;
    private final Behaviour behaviour;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private RawReceiver(ServerSocket listening, Behaviour behaviour) {
        this.listening = listening;
        this.behaviour = behaviour;
    }

    static RawReceiver on(Behaviour behaviour) throws IOException {
        return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    }

    static RawReceiver on(ServerSocket socket, Behaviour behaviour) {
        RawReceiver receiver = new RawReceiver(socket, behaviour);
        receiver.threads.execute(receiver::accept);
        return receiver;
    }

    /** Answers each request on a connection with this. */
    static Behaviour saying(String answer) {
        return (connection, out) -> {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        };
    }

    int port() {
        return listening.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hooks";
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            for (String request = read(in); !request.isEmpty(); request = read(in)) {
                requests.add(request);
                behaviour.answer(connection, connection.getOutputStream());
            }
        } catch (Exception e) {
            // The other side has had enough, or the test wants it so.
        }
    }

    /** A request with its body; empty at the end. */
    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                String text = head.toString();
                int at = text.toLowerCase(Locale.ROOT).indexOf("content-length: ");
                int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
                return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
