package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.daveloper.redis.chat.RedisRunLog;
import dev.daveloper.redis.chat.RedisRunStore;
import dev.daveloper.redis.sessions.RedisSessionStore;
import dev.daveloper.redis.webhooks.RedisOutbox;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @ParameterizedTest
    @ValueSource(strings = {"begin", "finish", "append", "read", "renew", "takeover", "clear", "recent"})
    void a_script_has_the_hash_that_redis_gives_it(String name) {
        Script script = Script.beside(RedisRunStore.class, name);
        assertThat(TestAdapters.server().command("SCRIPT", "LOAD", new String(script.text(), StandardCharsets.UTF_8)))
                .isEqualTo(script.hash());
        assertThat(script).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "waiting", "leave", "add", "take-out", "due", "claim", "put-off", "settle", "again"})
    void a_script_of_webhooks_has_it_as_well_and_is_told_from_others_by_its_folder(String name) {
        Script script = Script.beside(RedisOutbox.class, name);
        assertThat(TestAdapters.server().command("SCRIPT", "LOAD", new String(script.text(), StandardCharsets.UTF_8)))
                .isEqualTo(script.hash());
        assertThat(script.title()).isEqualTo("webhooks/" + name);
    }

    @Test
    void scripts_of_one_name_beside_different_classes_are_different() {
        assertThat(Script.beside(RedisRunLog.class, "renew").hash())
                .isNotEqualTo(Script.beside(RedisSessionStore.class, "renew").hash());
    }

    @Test
    void a_script_that_is_not_there_is_found_out_when_it_is_named() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Script.beside(RedisRunLog.class, "nonsense"))
                .withMessageContaining("nonsense.lua");
    }
}
