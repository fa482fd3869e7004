package dev.daveloper.stored.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.domain.tracing.TraceContext;
import dev.daveloper.domain.webhooks.Attempt;
import dev.daveloper.domain.webhooks.Awaited;
import dev.daveloper.domain.webhooks.CustomHeaders;
import dev.daveloper.domain.webhooks.Endpoint;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EndpointUrl;
import dev.daveloper.domain.webhooks.EventId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.Signing;
import dev.daveloper.domain.webhooks.SigningSecret;
import dev.daveloper.domain.webhooks.Standing;
import dev.daveloper.domain.webhooks.Subscription;
import dev.daveloper.domain.webhooks.Trouble;
import dev.daveloper.domain.webhooks.WebhookEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookCodecsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456789Z");

    private final SecureRandom random = new SecureRandom();
    private final Ids ids = new Ids(InstantSource.fixed(NOW), random);
    private final SessionId session = SessionId.next(ids);

    private Endpoint endpoint(Subscription subscription, CustomHeaders headers, OptionalInt rate, Standing standing) {
        Signing signing = Signing.with(SigningSecret.next(random));
        return new Endpoint(
                EndpointId.next(ids),
                new EndpointUrl(URI.create("https://example.com:8443/in?a=b")),
                "ä漢😀",
                subscription,
                headers,
                rate,
                rate.isPresent() ? signing.rotated(SigningSecret.next(random), NOW) : signing,
                standing,
                NOW,
                NOW.plusNanos(1),
                7);
    }

    @Test
    void an_endpoint_comes_back_as_it_was() {
        Endpoint full = endpoint(
                new Subscription(Set.of(EventType.RUN_FAILED, EventType.TEST), Optional.of(session)),
                new CustomHeaders(Map.of("x-a", "1", "x-b", "")),
                OptionalInt.of(9),
                Standing.ENABLED);
        assertThat(EndpointCodec.decode(EndpointCodec.encode(full))).isEqualTo(full);
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_that_is_disabled_comes_back_with_its_reason(Standing.Reason reason) {
        Endpoint bare = endpoint(
                Subscription.EVERYTHING, CustomHeaders.NONE, OptionalInt.empty(), new Standing.Disabled(reason, NOW));
        assertThat(EndpointCodec.decode(EndpointCodec.encode(bare))).isEqualTo(bare);
    }

    @Test
    void what_a_later_version_wrote_is_read_as_far_as_it_is_understood() {
        Endpoint bare = endpoint(
                Subscription.EVERYTHING,
                CustomHeaders.NONE,
                OptionalInt.empty(),
                new Standing.Disabled(Standing.Reason.GONE, NOW));
        String text = new String(EndpointCodec.encode(bare), StandardCharsets.UTF_8);
        byte[] later =
                text.replace("\"types\":[]", "\"types\":[\"from.tomorrow\"]").getBytes(StandardCharsets.UTF_8);
        assertThat(EndpointCodec.decode(later).subscription().types()).isEmpty();
        byte[] unknown = text.replace("\"gone\"", "\"moved\"").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EndpointCodec.decode(unknown)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void attempts_come_back_as_they_were(Trouble trouble) {
        Attempt answered = new Attempt(
                1, NOW, Duration.ofNanos(5), OptionalInt.of(503), trouble, "ä😀", Optional.of(Duration.ofSeconds(2)));
        Attempt silent = new Attempt(2, NOW, Duration.ZERO, OptionalInt.empty(), trouble, "", Optional.empty());
        assertThat(AttemptsCodec.decode(AttemptsCodec.encode(List.of(answered, silent))))
                .containsExactly(answered, silent);
    }

    @Test
    void a_trouble_of_a_later_version_is_one_of_the_protocol() {
        Attempt attempt =
                new Attempt(1, NOW, Duration.ZERO, OptionalInt.empty(), Trouble.REFUSED, "", Optional.empty());
        String text = new String(AttemptsCodec.encode(List.of(attempt)), StandardCharsets.UTF_8);
        assertThat(AttemptsCodec.decode(text.replace("refused", "odd").getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .extracting(Attempt::trouble)
                .isEqualTo(Trouble.PROTOCOL);
    }

    @Test
    void events_come_back_as_they_were() {
        WebhookEvent plain = new WebhookEvent(
                EventId.next(ids),
                EventType.SESSION_ENDED,
                Optional.of(session),
                NOW,
                "{\"ä\":\"😀\"}",
                Optional.empty());
        WebhookEvent traced = new WebhookEvent(
                EventId.next(ids),
                EventType.HEALTH_CHANGED,
                Optional.empty(),
                NOW,
                "{}",
                Optional.of(new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true, "a=b")));
        assertThat(EventCodec.decode(EventCodec.encode(plain))).isEqualTo(plain);
        assertThat(EventCodec.decode(EventCodec.encode(traced))).isEqualTo(traced);
    }

    @Test
    void what_is_awaited_is_one_line() {
        for (Awaited awaited : List.of(
                new Awaited.Ingestion(JobId.next(ids), Scope.of(session)),
                new Awaited.Ingestion(JobId.next(ids), Scope.SHARED),
                new Awaited.Deletion(DocumentId.next(ids), Scope.of(session)),
                new Awaited.Deletion(DocumentId.next(ids), Scope.SHARED))) {
            assertThat(AwaitedText.read(AwaitedText.write(awaited))).isEqualTo(awaited);
        }
    }
}
