package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingKeysTest {
    @Test
    void a_part_is_a_number_from_0_to_1() {
        assertThat(TracingKeys.SAMPLE.kind().read("0")).contains(0.0);
        assertThat(TracingKeys.SAMPLE.kind().read("1.0")).contains(1.0);
        assertThat(TracingKeys.SAMPLE.kind().read(".05")).contains(0.05);
        for (String wrong : List.of("", "1.5", "-1", "2", "NaN", "1e-3", "10%", ".")) {
            assertThat(TracingKeys.SAMPLE.kind().read(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void headers_are_names_and_values_each_once() {
        assertThat(TracingKeys.HEADERS.kind().read("authorization=Bearer a=b, x-tenant = 7"))
                .contains(Map.of("authorization", "Bearer a=b", "x-tenant", "7"));
        assertThat(TracingKeys.HEADERS.kind().read("")).contains(Map.of());
        for (String wrong : List.of("a", "a=", "=b", "a b=c", "a=1,a=2", "a=b\u0001c", "a=\u00e4")) {
            assertThat(TracingKeys.HEADERS.kind().read(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void a_url_without_a_path_gets_the_usual_one() throws InvalidConfiguration {
        assertThat(endpoint("http://collector:4318")).isEqualTo("http://collector:4318/v1/traces");
        assertThat(endpoint("http://collector:4318/")).isEqualTo("http://collector:4318/v1/traces");
        assertThat(endpoint("https://collector/otlp?x=1")).isEqualTo("https://collector/otlp?x=1");
    }

    @Test
    void headers_are_shown_to_nobody() {
        assertThat(TracingKeys.HEADERS.shown("authorization=secret")).isEqualTo("***");
    }

    private static String endpoint(String url) throws InvalidConfiguration {
        Values values = Sources.read(CommandLine.parse("--tracing.endpoint=" + url), Map.of(), Path.of("none-such"));
        return GatewayConfig.bind(values, InstantSource.system())
                .tracing()
                .endpoint()
                .map(URI::toString)
                .orElseThrow();
    }
}
