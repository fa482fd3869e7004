package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.bootstrap.config.CommandLine.Command;
import dev.daveloper.domain.webhooks.EventType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void without_a_command_it_serves() {
        assertThat(CommandLine.parse().command()).isEqualTo(Command.SERVE);
        assertThat(CommandLine.parse("serve", "--http.port=0").command()).isEqualTo(Command.SERVE);
    }

    @Test
    void help_and_version_win_over_everything() {
        assertThat(CommandLine.parse("agent", "--port=1", "-h").command()).isEqualTo(Command.HELP);
        assertThat(CommandLine.parse("--nonsense", "--version").command()).isEqualTo(Command.VERSION);
        assertThat(CommandLine.parse("help").command()).isEqualTo(Command.HELP);
        assertThat(CommandLine.parse("version").command()).isEqualTo(Command.VERSION);
    }

    @Test
    void a_value_may_stand_behind_an_equals_sign_or_a_space() {
        assertThat(CommandLine.parse("--http.port=1", "--http.host", "::1").options())
                .containsExactly(
                        new Given("http.port", "1", "command line"), new Given("http.host", "::1", "command line"));
        assertThat(CommandLine.parse("--agent.target=dns:///a?x=y").options())
                .containsExactly(new Given("agent.target", "dns:///a?x=y", "command line"));
    }

    @Test
    void a_flag_needs_no_value() {
        assertThat(CommandLine.parse("--agent-server.reflection", "--http.port=1")
                        .options())
                .contains(new Given("agent-server.reflection", "true", "command line"));
    }

    @Test
    void the_agent_command_has_short_names() {
        assertThat(CommandLine.parse("agent", "--port", "50052", "--reflection", "--host=::1")
                        .options())
                .extracting(Given::name)
                .containsExactly("agent-server.port", "agent-server.reflection", "agent-server.host");
    }

    @Test
    void the_documents_command_has_short_names() {
        assertThat(CommandLine.parse("documents", "--port", "50053", "--host=::1")
                        .options())
                .extracting(Given::name)
                .containsExactly("documents-server.port", "documents-server.host");
    }

    @Test
    void the_cache_command_has_operands_and_options_of_its_own() throws InvalidConfiguration {
        CommandLine line = CommandLine.parse("cache", "--url", "https://gw", "backup", "agent", "--force");

        assertThat(line.command()).isEqualTo(Command.CACHE);
        assertThat(CacheOptions.of(line))
                .isEqualTo(new CacheOptions(
                        List.of("backup", "agent"), Optional.of("https://gw"), Optional.empty(), true));
        assertThat(CommandLine.parse("serve", "backup").operands()).isEmpty();
        assertThat(CommandLine.parse("cache", "backup", "--url").mistakes())
                .containsExactly("--url needs a value: --url=VALUE.");
    }

    @Test
    void the_cache_command_refuses_what_is_not_its_own_and_a_key_that_all_would_see() {
        CommandLine line = CommandLine.parse(
                "cache", "warm", "--http.port=1", "--admin-key=sesame", "--url=a", "--url=b", "--config=c");

        assertThatThrownBy(() -> CacheOptions.of(line))
                .isInstanceOfSatisfying(
                        InvalidConfiguration.class,
                        refused -> assertThat(refused.mistakes())
                                .satisfiesExactly(
                                        mistake -> assertThat(mistake).contains("no option --http.port, but --url"),
                                        mistake -> assertThat(mistake)
                                                .contains("set DAVELOPER_ADMIN_KEY")
                                                .doesNotContain("sesame"),
                                        mistake -> assertThat(mistake).isEqualTo("--url is given twice."),
                                        mistake -> assertThat(mistake).contains("reads no configuration file")));
    }

    @Test
    void the_webhooks_command_takes_a_gateway_and_types_of_events() throws InvalidConfiguration {
        CommandLine line = CommandLine.parse(
                "webhooks", "listen", "--gateway", "http://gw", "--events=session.ended, chat.run.failed");

        assertThat(ListenOptions.of(line))
                .isEqualTo(new ListenOptions(
                        9000, Optional.of("http://gw"), Set.of(EventType.SESSION_ENDED, EventType.RUN_FAILED)));
        assertThat(ListenOptions.of(CommandLine.parse("webhooks", "listen", "--port", "0")))
                .isEqualTo(new ListenOptions(0, Optional.empty(), Set.of()));
    }

    @Test
    void the_webhooks_command_refuses_types_that_there_are_not_and_a_key_that_all_would_see() {
        CommandLine line = CommandLine.parse(
                "webhooks",
                "listen",
                "--events=session.opend",
                "--admin-key=sesame",
                "--port=x",
                "--port=1",
                "--url=a");

        assertThatThrownBy(() -> ListenOptions.of(line))
                .isInstanceOfSatisfying(
                        InvalidConfiguration.class,
                        refused -> assertThat(refused.mistakes())
                                .satisfiesExactly(
                                        mistake -> assertThat(mistake)
                                                .contains("set DAVELOPER_ADMIN_KEY")
                                                .doesNotContain("sesame"),
                                        mistake -> assertThat(mistake).isEqualTo("--port is given twice."),
                                        mistake -> assertThat(mistake)
                                                .contains("no option --url, but --port, --gateway and --events"),
                                        mistake -> assertThat(mistake)
                                                .isEqualTo("--events has no meaning without --gateway."),
                                        mistake -> assertThat(mistake)
                                                .startsWith("There is no type of event 'session.opend'; did you mean"
                                                        + " session.opened? Types are chat.run.completed, ")));
    }

    @Test
    void an_unknown_command_is_a_mistake_with_a_suggestion() {
        assertThat(CommandLine.parse("agnet").mistakes())
                .containsExactly("There is no command 'agnet'; did you mean agent? Commands are serve, agent,"
                        + " documents, cache, webhooks, config, help, version.");
        assertThat(CommandLine.parse("serve", "agent").mistakes())
                .containsExactly("One command at a time: 'agent' is a second one.");
    }

    @Test
    void the_same_end_is_the_best_suggestion() {
        assertThat(Suggestion.endOf("port", Catalogue.keys())).isEqualTo("; did you mean http.port?");
        assertThat(Suggestion.endOf("drain-grace", Catalogue.keys())).isEqualTo("; did you mean chat.drain-grace?");
        assertThat(Suggestion.endOf("something.else.entirely", Catalogue.keys()))
                .isEqualTo(".");
    }

    @Test
    void distance_counts_what_must_be_changed() {
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestion.distance("http.port", "http.port")).isZero();
    }
}
