package dev.daveloper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {
    @Test
    void origins_are_taken_as_browsers_write_them() {
        Set<String> origins = Set.of("https://app.example", "http://localhost:5173");
        assertThat(HttpConfig.on("localhost", 0).withCorsOrigins(origins).corsOrigins())
                .isEqualTo(origins);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "app.example",
                "https://app.example/",
                "https://APP.example",
                "ftp://app.example",
                ""
            })
    void what_is_no_origin_is_refused_at_the_start(String origin) {
        assertThatThrownBy(() -> HttpConfig.on("localhost", 0).withCorsOrigins(Set.of(origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + origin + "'");
    }

    @Test
    void numbers_out_of_range_are_refused_at_the_start() {
        assertThatThrownBy(() -> HttpConfig.on("localhost", 65_536)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new HttpLimits(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .hasMessageContaining("maxBodyBytes");
        Duration one = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new HttpTimes(one, one, one, one, one, one, one, one, Duration.ZERO))
                .hasMessageContaining("stop");
    }

    @Test
    void bounds_that_can_be_switched_off_are_zero_and_never_less() {
        HttpLimits limits = HttpLimits.DEFAULT;
        assertThat(limits.withMaxConnectionsPerAddress(0).maxConnectionsPerAddress())
                .isZero();
        assertThat(limits.withMinUploadBytesPerSecond(0).minUploadBytesPerSecond())
                .isZero();
        assertThatThrownBy(() -> limits.withMaxConnectionsPerAddress(-1)).hasMessageContaining("PerAddress");
        assertThatThrownBy(() -> limits.withMinUploadBytesPerSecond(-1)).hasMessageContaining("PerSecond");
        HttpTimes times = HttpTimes.DEFAULT;
        assertThatThrownBy(() -> times.withHeaders(Duration.ZERO)).hasMessageContaining("headers");
        assertThatThrownBy(() -> times.withUploadGrace(Duration.ZERO)).hasMessageContaining("uploadGrace");
    }

    @Test
    void the_usual_bounds_fit_together() {
        HttpLimits limits = HttpLimits.DEFAULT;
        assertThat(limits.maxStreams()).isLessThan(limits.maxConcurrentRequests());
        assertThat(limits.maxConcurrentRequests()).isLessThan(limits.maxConnections());
        assertThat(HttpTimes.DEFAULT.idle()).isGreaterThan(HttpTimes.DEFAULT.sseHeartbeat());
    }

    @Test
    void uploads_have_room_for_as_many_documents_as_they_may_have() {
        UploadLimits limits = UploadLimits.forDocuments(1_000_000, 5);
        assertThat(limits.maxFiles()).isEqualTo(5);
        assertThat(limits.maxRequestBytes()).isGreaterThan(5_000_000);
        assertThat(HttpConfig.on("127.0.0.1", 0).withUploads(limits).uploads()).isEqualTo(limits);
        assertThatThrownBy(() -> limits.atOnce(0, 1, Duration.ofMinutes(1))).hasMessageContaining("maxUploads");
        assertThatThrownBy(() -> limits.atOnce(1, 1, Duration.ZERO)).hasMessageContaining("within");
        assertThatThrownBy(() -> UploadLimits.forDocuments(Long.MAX_VALUE, 2)).isInstanceOf(ArithmeticException.class);
    }
}
