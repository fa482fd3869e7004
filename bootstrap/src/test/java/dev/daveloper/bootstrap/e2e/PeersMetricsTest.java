package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.redis.testkit.RedisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway over Redis that asks an agent tells of both what the page of metrics lists. */
class PeersMetricsTest {
    /** Looked at by others too, which have the tools for it. */
    private static final Path SCRAPED = Path.of("target", "scrape-peers.txt");

    @TempDir
    private Path directory;

    private static double value(Scrape scrape, String name, Map<String, String> labels) {
        return scrape.value(name, labels).orElse(Double.NaN);
    }

    @Test
    void what_is_asked_of_redis_and_of_the_agent_is_measured() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                ServedAgent agent = ServedAgent.counting(3);
                RunningProgram program =
                        RunningProgram.gateway(directory, agent.target(), "--redis.url=" + redis.url())) {
            Visitor visitor = Visitor.at(program.base());
            assertThat(visitor.ask("Count, please.").statusCode()).isEqualTo(200);
            Map<String, String> chat = Map.of("service", "agent", "method", "Chat", "code", "OK");
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> value(Scrape.of(program), "daveloper_rpc_client_seconds_count", chat) == 1);
            Scrape scrape = Scrape.of(program);
            Files.createDirectories(SCRAPED.getParent());
            Files.writeString(SCRAPED, scrape.text());

            assertThat(value(scrape, "daveloper_rpc_channel_ready", Map.of("service", "agent")))
                    .isOne();
            assertThat(value(scrape, "daveloper_rpc_client_in_flight", Map.of("service", "agent")))
                    .isNotNegative();
            Map<String, String> begin = Map.of("command", "chat/begin", "result", "ok");
            assertThat(value(scrape, "daveloper_redis_commands_seconds_count", begin))
                    .isOne();
            for (String link : new String[] {"commands", "apart", "listening"}) {
                assertThat(value(scrape, "daveloper_redis_connected", Map.of("link", link)))
                        .as(link)
                        .isOne();
            }
            assertAllOnThePage(scrape);

            redis.kill();
            await().atMost(RunningProgram.PATIENCE)
                    .until(() -> value(Scrape.of(program), "daveloper_redis_connected", Map.of()) == 0);
        }
    }

    private static void assertAllOnThePage(Scrape scrape) throws Exception {
        Map<String, String> told = scrape.types();
        assertThat(MetricsPage.rows()).extracting(MetricsPage.Row::name).containsAll(told.keySet());
        assertThat(MetricsPage.rows())
                .filteredOn(row -> told.containsKey(row.name()))
                .allSatisfy(row -> {
                    assertThat(told).as(row.name()).containsEntry(row.name(), row.type());
                    assertThat(scrape.labels(row.name())).as(row.name()).isEqualTo(row.labels());
                });
    }
}
