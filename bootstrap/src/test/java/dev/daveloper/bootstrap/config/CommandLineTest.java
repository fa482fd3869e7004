package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.bootstrap.config.CommandLine.Command;
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
    void an_unknown_command_is_a_mistake_with_a_suggestion() {
        assertThat(CommandLine.parse("agnet").mistakes())
                .containsExactly("There is no command 'agnet'; did you mean agent? Commands are serve, agent,"
                        + " documents, config, help, version.");
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
