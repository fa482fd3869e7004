package dev.daveloper.http.health;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.health.out.HealthProbe;
import dev.daveloper.domain.health.Status;
import dev.daveloper.http.TestGateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
    private record Probe(String component, boolean vital, Finding finding) implements HealthProbe {
        @Override
        public Finding check() {
            return finding;
        }
    }

    private static final HealthProbe STORE = new Probe("store", true, HealthProbe.Finding.PASS);
    private static final HealthProbe AGENT =
            new Probe("agent", false, new HealthProbe.Finding(Status.FAIL, "does not answer"));

    @Test
    void health_tells_how_each_component_is() throws Exception {
        try (TestGateway gateway = TestGateway.withProbes(List.of(STORE, AGENT))) {
            HttpResponse<String> response = gateway.get("/v1/health");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/health+json");
            assertThat(json(response).get("status").textValue()).isEqualTo("warn");
            assertThat(json(response).at("/checks/store/0/status").textValue()).isEqualTo("pass");
            assertThat(json(response).at("/checks/store/0").has("output")).isFalse();
            assertThat(json(response).at("/checks/agent/0/output").textValue()).isEqualTo("does not answer");

            assertThat(gateway.get("/health/agent").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/health/store").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/health/nonsense").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_vital_component_that_fails_fails_the_whole() throws Exception {
        HealthProbe broken = new Probe("store", true, new HealthProbe.Finding(Status.FAIL, "does not answer"));
        try (TestGateway gateway = TestGateway.withProbes(List.of(broken))) {
            assertThat(gateway.get("/health").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void a_node_that_drains_is_alive_and_not_ready() throws Exception {
        try (TestGateway gateway = TestGateway.withProbes(List.of())) {
            gateway.core().close();
            assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(json(gateway.get("/health/ready")).get("status").textValue())
                    .isEqualTo("fail");
            assertThat(gateway.send(gateway.request("/health/ready").method("HEAD", BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        }
    }
}
