package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.http.graphql.GraphConfig;
import dev.daveloper.http.graphql.GraphLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphKeysTest {
    private static GraphConfig graphs(String... args) throws InvalidConfiguration {
        return GatewayConfig.bind(
                        Sources.read(CommandLine.parse(args), Map.of(), Path.of("none-such")), InstantSource.system())
                .http()
                .graphs();
    }

    @Test
    void without_a_word_it_is_there_for_development() throws InvalidConfiguration {
        assertThat(graphs()).isEqualTo(GraphConfig.DEFAULT);
        assertThat(graphs().hasPlayground()).isTrue();
        assertThat(graphs("--graphql.enabled=false").hasPlayground()).isFalse();
    }

    @Test
    void one_switch_takes_away_what_strangers_have_no_use_for() throws InvalidConfiguration {
        assertThat(graphs("--graphql.production=true")).isEqualTo(GraphConfig.DEFAULT.forDevelopment(false));
    }

    @Test
    void what_is_said_of_one_of_them_counts_more() throws InvalidConfiguration {
        GraphConfig open = graphs("--graphql.production=true", "--graphql.introspection=true");
        assertThat(open.introspection()).isTrue();
        assertThat(open.playground()).isFalse();
        GraphConfig closed = graphs("--graphql.playground=false");
        assertThat(closed.introspection()).isTrue();
        assertThat(closed.playground()).isFalse();
    }

    @Test
    void bounds_are_taken_over_and_the_others_stay() throws InvalidConfiguration {
        GraphLimits usual = GraphLimits.DEFAULT;
        assertThat(graphs(
                                "--graphql.max-depth=7",
                                "--graphql.max-complexity=70",
                                "--graphql.max-aliases=0",
                                "--graphql.max-document-chars=7000",
                                "--graphql.timeout=700ms")
                        .limits())
                .isEqualTo(new GraphLimits(
                        7_000,
                        usual.maxTokens(),
                        7,
                        usual.maxFields(),
                        0,
                        70,
                        Duration.ofMillis(700),
                        usual.maxErrors(),
                        usual.keptDocuments()));
    }

    @ParameterizedTest
    @CsvSource({
        "graphql.enabled, yes, true",
        "graphql.playground, on, auto",
        "graphql.introspection, production, auto",
        "graphql.max-depth, 0, from 1 to 50",
        "graphql.max-depth, 51, from 1 to 50",
        "graphql.max-complexity, 0, from 1 to 1000000",
        "graphql.max-aliases, -1, from 0 to 1000",
        "graphql.max-document-chars, 999, from 1000 to 1000000",
        "graphql.timeout, 10, from 100ms to 5m",
        "graphql.timeout, 6m, from 100ms to 5m"
    })
    void what_cannot_be_is_refused_by_its_name_with_what_can(String key, String value, String expected) {
        assertThatThrownBy(() -> graphs("--" + key + "=" + value))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContainingAll(key, expected);
    }
}
