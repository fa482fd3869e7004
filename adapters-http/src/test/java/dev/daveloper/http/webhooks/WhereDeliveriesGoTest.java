package dev.daveloper.http.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.domain.webhooks.Network;
import dev.daveloper.domain.webhooks.Reachable;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.Verdict;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhereDeliveriesGoTest extends SendingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://[::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://0.0.0.0/",
                "http://169.254.169.254/latest/meta-data/",
                "http://10.1.2.3/",
                "http://[fd00:ec2::254]/",
                "http://[64:ff9b::7f00:1]/"
            })
    void nobody_is_sent_to_where_the_rules_do_not_permit(String url) throws Exception {
        with(Reachable.PUBLIC, JudgedAddresses.Names.SYSTEM);
        assertThat(send(url).trouble()).isEqualTo(Trouble.FORBIDDEN_ADDRESS);
    }

    @Test
    void of_several_addresses_only_the_permitted_ones_are_dialled() throws Exception {
        InetAddress forbidden = loopback(1);
        InetAddress permitted = loopback(2);
        with(new Reachable(List.of(Network.of("127.0.0.2/32"))), name -> new InetAddress[] {forbidden, permitted});
        try (RawReceiver never = RawReceiver.on(RawReceiver.saying(OK));
                RawReceiver receiver =
                        RawReceiver.on(new ServerSocket(never.port(), 5, permitted), RawReceiver.saying(OK))) {
            assertThat(send("http://hooks.example.com:" + never.port() + "/").verdict())
                    .isEqualTo(Verdict.DELIVERED);
            assertThat(receiver.requests.getFirst())
                    .containsIgnoringCase("host: hooks.example.com:" + never.port() + "\r\n");
            assertThat(never.connections).hasValue(0);
        }
    }

    @Test
    void a_name_is_looked_up_once_for_a_connection_and_what_was_judged_is_dialled() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        InetAddress good = loopback(2);
        InetAddress bad = loopback(1);
        with(new Reachable(List.of(Network.of("127.0.0.2/32"))), name ->
                new InetAddress[] {looks.incrementAndGet() == 1 ? good : bad});
        try (RawReceiver trap = RawReceiver.on(RawReceiver.saying(OK));
                RawReceiver receiver = RawReceiver.on(new ServerSocket(trap.port(), 5, good), (connection, out) -> {
                    RawReceiver.saying(OK).answer(connection, out);
                    connection.close();
                })) {
            String url = "http://rebinding.example.com:" + trap.port() + "/";
            assertThat(send(url).verdict()).isEqualTo(Verdict.DELIVERED);
            await().untilAsserted(() -> assertThat(send(url).trouble()).isEqualTo(Trouble.FORBIDDEN_ADDRESS));
            assertThat(receiver.connections).hasValue(1);
            assertThat(trap.connections).hasValue(0);
            assertThat(looks.get()).isGreaterThan(1);
        }
    }

    @Test
    void a_name_that_nobody_knows_is_told_as_that() throws Exception {
        with(LOOPBACK, name -> {
            throw new UnknownHostException(name);
        });
        assertThat(send("http://nowhere.example.com/").trouble()).isEqualTo(Trouble.UNKNOWN_HOST);
    }

    @Test
    void a_name_server_that_hangs_keeps_nobody_else_waiting() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger slow = new AtomicInteger();
        with(LOOPBACK, name -> {
            if (name.startsWith("slow")) {
                slow.incrementAndGet();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new UnknownHostException(name);
                }
            }
            return new InetAddress[] {loopback(1)};
        });
        try (RawReceiver receiver = RawReceiver.on(RawReceiver.saying(OK))) {
            String url = "http://slow.example.com:" + receiver.port() + "/";
            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<Trouble>> sends = Collections.nCopies(
                        2 * JudgedAddresses.THREADS, () -> send(url).trouble());
                for (Future<Trouble> sent : many.invokeAll(sends)) {
                    assertThat(sent.get()).isEqualTo(Trouble.CONNECT_TIMEOUT);
                }
            }
            assertThat(slow).as("one thread of those that look names up").hasValue(1);
            assertThat(send("http://fast.example.com:" + receiver.port() + "/").verdict())
                    .isEqualTo(Verdict.DELIVERED);
        }
    }

    @Test
    void no_proxy_is_asked_whatever_the_system_says() throws Exception {
        try (RawReceiver proxy = RawReceiver.on(RawReceiver.saying(OK));
                RawReceiver receiver = RawReceiver.on(RawReceiver.saying(OK))) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
            System.setProperty("http.nonProxyHosts", "");
            try {
                with(LOOPBACK, JudgedAddresses.Names.SYSTEM);
                assertThat(send(receiver.url()).verdict()).isEqualTo(Verdict.DELIVERED);
            } finally {
                List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts")
                        .forEach(System::clearProperty);
            }
            assertThat(proxy.connections).hasValue(0);
        }
    }
}
