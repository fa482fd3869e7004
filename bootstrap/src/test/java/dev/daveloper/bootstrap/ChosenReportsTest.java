package dev.daveloper.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.domain.events.UnexpectedFailure;
import dev.daveloper.http.failures.ErrorReportConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ChosenReportsTest {
    @Test
    void without_an_address_nobody_is_told() {
        try (ChosenReports reports = ChosenReports.open(ErrorReportConfig.NONE, InstantSource.system())) {
            assertThat(reports.reporter()).isSameAs(ErrorReporter.NONE);
        }
    }

    @Test
    void a_collector_is_told_with_the_version_before_the_end() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            taken.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        collector.start();
        URI url = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
        try (ChosenReports reports = ChosenReports.open(
                ErrorReportConfig.NONE.to(url, ErrorReportConfig.Format.JSON, Optional.empty()),
                InstantSource.system())) {
            reports.reporter()
                    .report(new UnexpectedFailure("keeper", new IllegalStateException(), Map.of(), Instant.EPOCH));
        } finally {
            collector.stop(0);
        }
        assertThat(taken).singleElement().asString().contains("\"version\":\"" + Version.NAME, "\"where\":\"keeper\"");
    }
}
