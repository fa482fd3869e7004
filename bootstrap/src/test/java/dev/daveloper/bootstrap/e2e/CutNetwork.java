package dev.daveloper.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network in front of a program that can fail: every connection is passed on byte by byte until it is cut. */
final class CutNetwork implements AutoCloseable {
    private final ServerSocket near = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private CutNetwork(URI target) throws IOException {
        Thread.ofVirtual().name("cut-network").start(() -> accept(target));
    }

    static CutNetwork to(URI target) throws IOException {
        return new CutNetwork(target);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + near.getLocalPort());
    }

    /** Breaks every connection there is; new ones are let through. Returns how many there were. */
    int cut() {
        int count = sockets.size() / 2;
        sockets.forEach(CutNetwork::close);
        return count;
    }

    @Override
    public void close() throws IOException {
        near.close();
        cut();
    }

    private void accept(URI target) {
        while (!near.isClosed()) {
            try {
                Socket client = near.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                pass(client, server);
                pass(server, client);
            } catch (IOException e) {
                if (!near.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pass(Socket from, Socket to) {
        sockets.add(from);
        Thread.ofVirtual().name("cut-network").start(() -> {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // A connection that was cut has nothing more to pass on.
            } finally {
                close(from);
                close(to);
                sockets.remove(from);
            }
        });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
