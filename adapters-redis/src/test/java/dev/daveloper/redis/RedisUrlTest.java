package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daveloper.redis.RedisUrl.Host;
import dev.daveloper.redis.RedisUrl.Topology;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {
    @Test
    void one_server_is_a_host_with_the_usual_port_and_the_first_database() {
        assertThat(RedisUrl.parse("redis://redis.example"))
                .isEqualTo(new RedisUrl(
                        Topology.STANDALONE,
                        false,
                        List.of(new Host("redis.example", 6_379)),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        ""));
        assertThat(RedisUrl.parse("redis://redis.example/")).isEqualTo(RedisUrl.parse("redis://redis.example:6379/0"));
    }

    @Test
    void tls_user_password_port_and_database_are_said_in_their_places() {
        assertThat(RedisUrl.parse("rediss://user:secret@10.0.0.1:7000/15"))
                .isEqualTo(new RedisUrl(
                        Topology.STANDALONE,
                        true,
                        List.of(new Host("10.0.0.1", 7_000)),
                        Optional.of("user"),
                        Optional.of("secret"),
                        15,
                        ""));
    }

    @Test
    void sentinels_have_their_own_usual_port_and_name_a_master() {
        assertThat(RedisUrl.parse("rediss-sentinel://:secret@a,b:26380/2#my_master.1-x"))
                .isEqualTo(new RedisUrl(
                        Topology.SENTINEL,
                        true,
                        List.of(new Host("a", 26_379), new Host("b", 26_380)),
                        Optional.empty(),
                        Optional.of("secret"),
                        2,
                        "my_master.1-x"));
    }

    @Test
    void a_cluster_is_some_of_its_nodes() {
        RedisUrl url = RedisUrl.parse("redis-cluster://a:7000,b,c:7002");
        assertThat(url.topology()).isEqualTo(Topology.CLUSTER);
        assertThat(url.hosts()).containsExactly(new Host("a", 7_000), new Host("b", 6_379), new Host("c", 7_002));
        assertThat(RedisUrl.parse("redis-cluster://a/0").database()).isZero();
    }

    @Test
    void an_address_of_ipv6_stands_in_brackets() {
        assertThat(RedisUrl.parse("redis://[::1]").hosts()).containsExactly(new Host("[::1]", 6_379));
        assertThat(RedisUrl.parse("redis-cluster://[fe80::1]:7000,[::ffff:10.0.0.1]:7001")
                        .hosts())
                .containsExactly(new Host("[fe80::1]", 7_000), new Host("[::ffff:10.0.0.1]", 7_001));
    }

    @Test
    void user_and_password_may_have_any_character_percent_encoded_and_a_plus_is_a_plus() {
        RedisUrl url = RedisUrl.parse("redis://us%3Aer:p%40ss%3Aw%2Frd%231%2C%25+%C3%A9@host");
        assertThat(url.user()).contains("us:er");
        assertThat(url.password()).contains("p@ss:w/rd#1,%+é");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "http://host",
                "redis:/host",
                "redis://",
                "redis://a b",
                "redis://host:",
                "redis://host:x",
                "redis://host:0",
                "redis://host:65536",
                "redis://host:123456",
                "redis://::1",
                "redis://a,b",
                "redis://host/x",
                "redis://host/12345",
                "redis://host#main",
                "redis-cluster://a,,b",
                "redis-cluster://a/1",
                "redis-cluster://a#main",
                "redis-sentinel://a,b",
                "redis-sentinel://a#",
                "redis://secret@host",
                "redis://user:se:cret@host",
                "redis://user:se@cret@host"
            })
    void what_is_none_of_the_forms_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisUrl.parse(text))
                .withMessageNotContaining("cret");
    }

    @Test
    void no_more_hosts_are_named_than_may_be() {
        String most = String.join(",", Collections.nCopies(RedisUrl.MAX_HOSTS, "a"));
        assertThat(RedisUrl.parse("redis-cluster://" + most).hosts()).hasSize(RedisUrl.MAX_HOSTS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisUrl.parse("redis-cluster://a," + most))
                .withMessageContaining("32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://host:6379",
                "rediss://[::1]:7000/3",
                "redis-sentinel://a:26379,b:26379#main",
                "rediss-sentinel://a:1/4#main",
                "redis-cluster://a:7000,b:7001",
                "rediss-cluster://a:7000"
            })
    void it_is_shown_as_it_was_written_but_for_user_and_password(String text) {
        assertThat(RedisUrl.parse(text)).hasToString(text);
        assertThat(RedisUrl.parse(text.replace("://", "://user:secret@"))).hasToString(text);
    }
}
