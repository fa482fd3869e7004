package dev.daveloper.http.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.http.HttpConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminKeysTest {
    @Test
    void a_key_is_known_by_its_hash_whichever_it_is() {
        AdminKeys keys = new AdminKeys(Map.of("a", AdminKeys.hashOf("first"), "b", AdminKeys.hashOf("second")));
        assertThat(keys.nameOf("first")).contains("a");
        assertThat(keys.nameOf("second")).contains("b");
        assertThat(keys.nameOf("third")).isEmpty();
        assertThat(keys.nameOf("")).isEmpty();
        assertThat(keys.nameOf(AdminKeys.hashOf("first"))).isEmpty();
        assertThat(AdminKeys.NONE.nameOf("")).isEmpty();
    }

    @Test
    void a_hash_is_sha_256_in_lower_case_hexadecimal() {
        assertThat(AdminKeys.hashOf("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThatThrownBy(() -> new AdminKeys(Map.of("alice", "plain secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alice")
                .hasMessageNotContaining("secret");
    }

    @Test
    void neither_keys_nor_hashes_are_written() {
        AdminKeys keys = new AdminKeys(Map.of("alice", AdminKeys.hashOf("key")));
        assertThat(keys.toString()).isEqualTo("AdminKeys[alice]");
        assertThat(HttpConfig.on("127.0.0.1", 0).withAdminKeys(keys).toString())
                .doesNotContain(AdminKeys.hashOf("key"));
    }
}
