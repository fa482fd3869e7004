package dev.daveloper.domain.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.Ids;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Ids ids = new Ids(InstantSource.fixed(NOW), new SecureRandom());
    private final SessionId session = SessionId.next(ids);

    @Test
    void an_endpoint_that_names_no_type_wants_all_but_tests() {
        assertThat(Subscription.EVERYTHING.wants(EventType.HEALTH_CHANGED, Optional.empty()))
                .isTrue();
        assertThat(Subscription.EVERYTHING.wants(EventType.TEST, Optional.empty()))
                .isFalse();
    }

    @Test
    void an_endpoint_of_one_session_wants_only_what_is_about_it() {
        Subscription own = new Subscription(Set.of(EventType.SESSION_ENDED), Optional.of(session));
        assertThat(own.wants(EventType.SESSION_ENDED, Optional.of(session))).isTrue();
        assertThat(own.wants(EventType.SESSION_OPENED, Optional.of(session))).isFalse();
        assertThat(own.wants(EventType.SESSION_ENDED, Optional.of(SessionId.next(ids))))
                .isFalse();
        assertThat(own.wants(EventType.SESSION_ENDED, Optional.empty())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Webhook-Id", "content-length", "Proxy-Authorization", "a b", "", "Traceparent"})
    void a_header_that_is_not_the_endpoints_to_set_is_refused(String name) {
        assertThatThrownBy(() -> new CustomHeaders(Map.of(name, "x"))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void headers_are_bounded_and_their_values_are_shown_to_nobody() {
        CustomHeaders headers = new CustomHeaders(Map.of("X-Token", "very secret"));
        assertThat(headers.byName()).containsExactly(Map.entry("x-token", "very secret"));
        assertThat(headers.toString()).contains("x-token").doesNotContain("secret");
        assertThatThrownBy(() -> new CustomHeaders(Map.of("x-a", "line\nbreak")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageNotContaining("break");
        assertThatThrownBy(() -> new CustomHeaders(Map.of("x-a", "1", "X-A", "2")))
                .isInstanceOf(InvalidValue.class);
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= CustomHeaders.MAX; i++) {
            many.put("x-" + i, "");
        }
        assertThatThrownBy(() -> new CustomHeaders(many)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void each_change_of_an_endpoint_is_a_version() {
        Endpoint endpoint = new Endpoint(
                EndpointId.next(ids),
                new EndpointUrl(URI.create("https://example.com/")),
                "",
                Subscription.EVERYTHING,
                CustomHeaders.NONE,
                OptionalInt.empty(),
                Signing.with(SigningSecret.next(new SecureRandom())),
                Standing.ENABLED,
                NOW,
                NOW,
                1);
        Endpoint disabled = endpoint.with(new Standing.Disabled(Standing.Reason.GONE, NOW), NOW.plusSeconds(1));
        assertThat(endpoint.isEnabled()).isTrue();
        assertThat(disabled.isEnabled()).isFalse();
        assertThat(disabled.version()).isEqualTo(2);
        assertThat(disabled.changedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(disabled.with(Signing.with(SigningSecret.next(new SecureRandom())), NOW)
                        .version())
                .isEqualTo(3);
    }

    @Test
    void what_an_event_is_called_is_made_of_what_it_tells() {
        EventId id = EventId.of(EventType.SESSION_OPENED, NOW, session.value());
        assertThat(EventId.of(EventType.SESSION_OPENED, NOW, session.value())).isEqualTo(id);
        assertThat(EventId.of(EventType.SESSION_ENDED, NOW, session.value())).isNotEqualTo(id);
        assertThat(EventId.of(EventType.SESSION_OPENED, NOW.plusMillis(1), session.value()))
                .isNotEqualTo(id);
        WebhookEvent event =
                new WebhookEvent(id, EventType.SESSION_OPENED, Optional.of(session), NOW, "{}", Optional.empty());
        EndpointId endpoint = EndpointId.next(ids);
        assertThat(DeliveryId.of(event, endpoint)).isEqualTo(DeliveryId.of(event, endpoint));
        assertThat(DeliveryId.of(event, EndpointId.next(ids))).isNotEqualTo(DeliveryId.of(event, endpoint));
        assertThat(DeliveryId.of(event, endpoint).toString()).startsWith(DeliveryId.PREFIX);
    }

    @Test
    void a_body_is_bounded() {
        String long_ = "x".repeat(WebhookEvent.MAX_BODY_CHARS + 1);
        assertThatThrownBy(() -> new WebhookEvent(
                        EventId.next(ids), EventType.TEST, Optional.empty(), NOW, long_, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void latencies_are_told_by_the_bound_of_their_class() {
        assertThat(Latencies.NONE.percentile(0.5)).isEmpty();
        Long[] counts = Collections.nCopies(Latencies.CLASSES, 0L).toArray(Long[]::new);
        counts[Latencies.classOf(Duration.ofMillis(3))] = 98L;
        counts[Latencies.classOf(Duration.ofMinutes(1))] = 2L;
        Latencies latencies = new Latencies(Arrays.asList(counts));
        assertThat(latencies.total()).isEqualTo(100);
        assertThat(latencies.percentile(0.5)).contains(Duration.ofMillis(5));
        assertThat(latencies.percentile(0.99)).contains(Duration.ofSeconds(30));
        assertThatThrownBy(() -> new Latencies(List.of(1L))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_success_of_an_endpoint_is_a_part_of_its_attempts() {
        assertThat(stats(Map.of()).successRatio()).isEmpty();
        EndpointStats stats = stats(Map.of(Trouble.NONE, 3L, Trouble.REFUSED, 1L));
        assertThat(stats.attempted()).isEqualTo(4);
        assertThat(stats.successRatio()).contains(0.75);
    }

    private static EndpointStats stats(Map<Trouble, Long> attempts) {
        return new EndpointStats(
                NOW, attempts, 0, 0, Latencies.NONE, 0, Optional.empty(), Optional.empty(), FailureStreak.NONE);
    }

    @Test
    void a_delivery_says_in_one_word_where_it_stands() {
        assertThat(Stream.of(
                                new DeliveryState.Waiting(NOW),
                                new DeliveryState.Sending(NOW),
                                new DeliveryState.Delivered(NOW),
                                new DeliveryState.Dead(NOW, DeliveryState.Death.EXHAUSTED))
                        .map(state -> state.kind().wireName()))
                .containsExactly("waiting", "sending", "delivered", "dead");
        assertThat(Arrays.stream(DeliveryState.Death.values()).map(DeliveryState.Death::wireName))
                .containsExactly("exhausted", "gone", "backlog_full");
        assertThat(Arrays.stream(Standing.Reason.values()).map(Standing.Reason::wireName))
                .containsExactly("requested", "gone", "failing");
    }

    @ParameterizedTest
    @EnumSource
    void every_type_is_found_by_its_name_and_says_what_it_means(EventType type) {
        assertThat(EventType.of(type.wireName())).isEqualTo(type);
        assertThat(type.meaning()).endsWith(".");
        assertThat(type.version()).isEqualTo(1);
        assertThatThrownBy(() -> EventType.of("nothing.such")).isInstanceOf(InvalidValue.class);
    }
}
