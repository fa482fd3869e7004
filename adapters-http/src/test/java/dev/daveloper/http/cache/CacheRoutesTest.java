package dev.daveloper.http.cache;

import static dev.daveloper.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.security.AdminKeys;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheRoutesTest {
    private static final String KEY = "adm_0123456789abcdef";
    private static final TestGateway GATEWAY = TestGateway.of(ScriptedAgent.saying("hello"), CacheRoutesTest::withKey);

    @BeforeEach
    void empty() {
        GATEWAY.core().cacheControl().forgetAll();
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    private static HttpConfig withKey(HttpConfig config) {
        return config.withAdminKeys(new AdminKeys(Map.of("ops", AdminKeys.hashOf(KEY))));
    }

    private HttpRequest.Builder admin(String path) {
        return GATEWAY.request(path).header("Authorization", "Bearer " + KEY);
    }

    private HttpResponse<String> warm(String body) throws Exception {
        return GATEWAY.send(
                admin("/cache/warm").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private String status() throws Exception {
        return GATEWAY.get("/agent/tools").headers().firstValue("Cache-Status").orElse("");
    }

    private byte[] backup() throws Exception {
        HttpResponse<byte[]> response = GATEWAY.client()
                .send(admin("/cache/backup").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(CacheRoutes.BACKUP_TYPE);
        return response.body();
    }

    private HttpResponse<String> restore(byte[] file, String type) throws Exception {
        return GATEWAY.send(
                admin("/v1/cache/restore").header("Content-Type", type).POST(BodyPublishers.ofByteArray(file)));
    }

    @Test
    void what_the_cache_did_is_shown() throws Exception {
        status();
        status();
        JsonNode stats = json(GATEWAY.send(admin("/cache/stats")));
        assertThat(stats.at("/namespaces/0/namespace").textValue()).isEqualTo("tools");
        assertThat(stats.at("/namespaces/0/hitRatio").doubleValue()).isBetween(0.1, 0.9);
        assertThat(stats.at("/usage/entries").intValue()).isEqualTo(1);
        assertThat(stats.at("/warmable/0").textValue()).isEqualTo("tools");
    }

    @Test
    void one_tag_or_everything_is_forgotten() throws Exception {
        status();
        assertThat(status()).contains("hit");
        HttpResponse<String> forgotten =
                GATEWAY.send(admin("/cache?tag=documents:shared,tools").DELETE());
        assertThat(json(forgotten).get("everywhere").booleanValue()).isTrue();
        assertThat(status()).contains("uri-miss");
        GATEWAY.send(admin("/cache?tag=documents:shared").DELETE());
        assertThat(status()).contains("hit");
        assertThat(GATEWAY.send(admin("/cache").DELETE()).statusCode()).isEqualTo(200);
        assertThat(status()).contains("uri-miss");
        HttpResponse<String> wrong = GATEWAY.send(admin("/cache?tag=no,%20tag!").DELETE());
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(wrong)).containsExactly("#/query/tag");
    }

    @Test
    void what_can_be_made_ahead_is_and_the_way_there_is_told() throws Exception {
        assertThat(warm("{}").body()).isEqualTo("{\"of\":1,\"made\":1,\"fresh\":0,\"failed\":0}\n");
        assertThat(status()).contains("hit");
        assertThat(warm("{\"names\":[\"tools\"]}").body()).contains("\"fresh\":1");
        assertThat(warm("{\"names\":[]}").body()).contains("\"of\":0");
        HttpResponse<String> unknown = warm("{\"names\":[\"tools\",\"dreams\"]}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(TestGateway.pointers(unknown)).containsExactly("#/names/1");
    }

    @Test
    void what_was_saved_is_put_back() throws Exception {
        status();
        byte[] file = backup();
        GATEWAY.send(admin("/cache").DELETE());
        HttpResponse<String> restored = restore(file, CacheRoutes.BACKUP_TYPE);
        assertThat(restored.body()).isEqualTo("{\"entries\":1,\"expired\":0}");
        assertThat(status()).contains("hit");
    }

    @Test
    void what_is_no_whole_backup_is_refused() throws Exception {
        status();
        byte[] file = backup();
        file[file.length / 2] ^= 1;
        HttpResponse<String> damaged = restore(file, CacheRoutes.BACKUP_TYPE);
        assertThat(damaged.statusCode()).isEqualTo(400);
        assertThat(damaged.body()).contains("damaged");
        assertThat(restore(new byte[0], CacheRoutes.BACKUP_TYPE).statusCode()).isEqualTo(400);
        assertThat(restore(file, "application/octet-stream").statusCode()).isEqualTo(415);
        assertThat(restore(file, "application/json").statusCode()).isEqualTo(415);
    }

    @Test
    void all_of_it_is_an_administrators_alone() throws Exception {
        TestGateway.Caller caller = GATEWAY.newCaller();
        assertThat(caller.get("/cache/stats").statusCode()).isEqualTo(403);
        assertThat(caller.delete("/cache").statusCode()).isEqualTo(403);
        assertThat(GATEWAY.send(caller.post("/cache/warm", "{}")).statusCode()).isEqualTo(403);
        assertThat(GATEWAY.send(caller.post("/cache/backup", "{}")).statusCode())
                .isEqualTo(403);
        assertThat(GATEWAY.send(caller.request("/cache/restore")
                                .header("Content-Type", CacheRoutes.BACKUP_TYPE)
                                .POST(BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(403);
    }
}
