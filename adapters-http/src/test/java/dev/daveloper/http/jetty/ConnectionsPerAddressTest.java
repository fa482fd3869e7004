package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.RawConnection;
import dev.daveloper.http.security.TrustedProxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConnectionsPerAddressTest {
    private static final int FEW = 3;

    @Test
    void what_comes_beyond_the_bound_is_closed_and_told_once_in_a_while() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger(ConnectionsPerAddress.class);
        log.addAppender(logged);
        List<RawConnection> open = new ArrayList<>();
        try (Edge edge = Edge.of(ConnectionsPerAddressTest::withFew)) {
            for (int i = 0; i < FEW; i++) {
                open.add(answered(edge));
            }
            for (int i = 0; i < FEW; i++) {
                try (RawConnection beyond = new RawConnection(edge.port(), 0)) {
                    assertThat(isClosed(beyond)).isTrue();
                }
            }
            open.removeFirst().close();
            await().untilAsserted(() -> open.add(answered(edge)));
        } finally {
            log.detachAppender(logged);
            for (RawConnection connection : open) {
                connection.close();
            }
        }
        assertThat(logged.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).doesNotContain("127.0.0.1"));
    }

    @Test
    void trusted_proxies_are_not_counted_and_zero_is_no_bound() throws Exception {
        TrustedProxies loopback = TrustedProxies.of(List.of("127.0.0.1"));
        for (Edge edge : List.of(
                Edge.of(config -> withFew(config).withProxies(loopback)),
                Edge.of(config -> config.withLimits(config.limits().withMaxConnectionsPerAddress(0))))) {
            List<RawConnection> open = new ArrayList<>();
            try (edge) {
                for (int i = 0; i < 2 * FEW; i++) {
                    open.add(answered(edge));
                }
            } finally {
                for (RawConnection connection : open) {
                    connection.close();
                }
            }
            assertThat(open).hasSize(2 * FEW);
        }
    }

    /** Also when a connection is both refused and failed, or closed twice. */
    @Test
    void nobody_is_remembered_who_has_no_connection() throws Exception {
        ConnectionsPerAddress limit = new ConnectionsPerAddress(1, TrustedProxies.NONE);
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel first = SocketChannel.open(listening.getLocalAddress());
            SocketChannel second = SocketChannel.open(listening.getLocalAddress());
            limit.onAccepting(first);
            limit.onAccepting(second);
            assertThat(first.isOpen()).isTrue();
            assertThat(second.isOpen()).isFalse();
            limit.onAcceptFailed(second, new IOException("closed"));
            limit.onClosed(second);
            assertThat(limit.addresses()).isEqualTo(1);
            limit.onAccepted(first);
            first.close();
            limit.onClosed(first);
            limit.onClosed(first);
            assertThat(limit.addresses()).isZero();
        }
    }

    private static HttpConfig withFew(HttpConfig config) {
        return config.withLimits(config.limits().withMaxConnectionsPerAddress(FEW));
    }

    private static RawConnection answered(Edge edge) throws IOException {
        RawConnection connection = new RawConnection(edge.port(), 0);
        connection.say("GET /who HTTP/1.1\r\nHost: x\r\n\r\n");
        connection.readUntil("false x");
        return connection;
    }

    private static boolean isClosed(RawConnection connection) {
        try {
            return connection.in().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
