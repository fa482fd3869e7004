package dev.daveloper.http.webhooks;

import dev.daveloper.application.webhooks.out.WebhookSender.Outbound;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.Network;
import dev.daveloper.domain.webhooks.Reachable;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Tests that send something: a sender of little patience that may send to loopback, until it is opened otherwise. */
abstract class SendingTest {
    static final Reachable LOOPBACK = new Reachable(List.of(Network.of("127.0.0.0/8")));
    static final Duration SHORT = Duration.ofMillis(900);
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private HttpWebhookSender sender = open(LOOPBACK, JudgedAddresses.Names.SYSTEM, SHORT);

    private static HttpWebhookSender open(Reachable reachable, JudgedAddresses.Names names, Duration timeout) {
        return HttpWebhookSender.open(
                new SenderConfig(
                        reachable,
                        Duration.ofMillis(700),
                        timeout,
                        "Daveloper-Webhooks/test",
                        InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z")),
                        Optional.empty()),
                names);
    }

    final void with(Reachable reachable, JudgedAddresses.Names names) {
        with(reachable, names, SHORT);
    }

    final void with(Reachable reachable, JudgedAddresses.Names names, Duration timeout) {
        sender.close();
        sender = open(reachable, names, timeout);
    }

    static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @AfterEach
    void close() {
        sender.close();
    }

    final Attempt send(String url) throws InterruptedException {
        return sender.send(new Outbound(
                new EndpointUrl(URI.create(url)),
                Map.of("webhook-id", "evt_1", "X-Own", "yes"),
                "{\"text\":\"ä漢😀\"}",
                3));
    }
}
