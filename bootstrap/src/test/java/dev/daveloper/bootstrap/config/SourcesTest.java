package dev.daveloper.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    private Path directory;

    @Test
    void the_command_line_wins_over_the_environment_and_this_over_the_file() throws Exception {
        file("http.port: 1\nhttp:\n  host: localhost\nchat:\n  drain-grace: 5s\n");
        Map<String, String> environment = Map.of("DAVELOPER_HTTP_PORT", "2", "DAVELOPER_HTTP_HOST", "0.0.0.0");

        Values values = read(environment, "--http.port=3");

        assertThat(values.get(HttpKeys.PORT)).isEqualTo(3);
        assertThat(values.get(HttpKeys.HOST)).isEqualTo("0.0.0.0");
        assertThat(values.get(ChatKeys.DRAIN_GRACE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(values.get(ChatKeys.RUN_TIMEOUT)).isEqualTo(Duration.ofMinutes(10));
        assertThat(values.whereOf(HttpKeys.PORT)).isEqualTo("command line");
        assertThat(values.whereOf(HttpKeys.HOST)).isEqualTo("environment");
        assertThat(values.whereOf(ChatKeys.DRAIN_GRACE)).isEqualTo("daveloper.yaml line 5");
        assertThat(values.whereOf(ChatKeys.RUN_TIMEOUT)).isEqualTo("default");
    }

    @Test
    void every_mistake_is_named_at_once_with_its_place() throws Exception {
        file("http:\n  prot: 1\nchat.lease: soon\ndata:\n  dir: x\ndata.dir: y\n");

        List<String> mistakes = mistakes(Map.of("DAVELOPER_HTTP_PROT", "1"), "--http.port=66666", "--session.idle");

        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "--session.idle needs a value: --session.idle=VALUE.",
                        "There is no setting http.prot (daveloper.yaml line 2); did you mean http.port?",
                        "chat.lease must be a duration from 1s to 10m, such as 500ms, 30s, 2m, 24h or PT1M30S, not"
                                + " 'soon' (daveloper.yaml line 3).",
                        "data.dir is given twice: daveloper.yaml line 5 and daveloper.yaml line 6.",
                        "There is no setting DAVELOPER_HTTP_PROT (environment); did you mean DAVELOPER_HTTP_PORT?",
                        "http.port must be a whole number from 0 to 65535, not '66666' (command line).");
    }

    @Test
    void values_that_do_not_go_together_are_mistakes() {
        List<String> mistakes = mistakes(
                Map.of(),
                "--http.max-streams=10",
                "--http.max-requests=10",
                "--session.idle=3d",
                "--session.max-age=2d",
                "--agent.tls.key=own.key",
                "--agent-server.tls.client-authorities=all.pem");

        assertThat(mistakes)
                .satisfiesExactlyInAnyOrder(
                        mistake -> assertThat(mistake).startsWith("http.max-streams must be less than"),
                        mistake -> assertThat(mistake)
                                .isEqualTo("session.idle must not be longer than session.max-age, not 3d of 2d."),
                        mistake -> assertThat(mistake)
                                .isEqualTo("agent.tls.certificate and agent.tls.key must be given together,"
                                        + " not one of them."),
                        mistake -> assertThat(mistake).startsWith("agent-server.tls.client-authorities needs"));
    }

    @Test
    void settings_that_would_have_no_effect_are_mistakes() {
        assertThat(mistakes(Map.of(), "--agent.tls.server-name=agent.example"))
                .singleElement()
                .asString()
                .startsWith("agent.tls.enabled must be true");
        assertThat(mistakes(Map.of(), "--agent.openai.api-key=k"))
                .singleElement()
                .asString()
                .startsWith("agent.openai.base-url and agent.openai.model must be given together");
    }

    @Test
    void a_list_is_a_list_in_yaml_too() throws Exception {
        file("http:\n  cors:\n    origins:\n      - https://a.example\n      - https://b.example\n");

        assertThat(read(Map.of()).get(HttpKeys.CORS_ORIGINS)).containsExactly("https://a.example", "https://b.example");
    }

    @Test
    void nothing_written_after_a_key_is_empty() throws Exception {
        file("data:\n  dir:\n");

        assertThat(read(Map.of()).get(DataKeys.DIR)).isEmpty();
    }

    @Test
    void what_is_not_yaml_is_named_with_its_line() throws Exception {
        file("http:\n  port: 1\n bad");
        assertThat(mistakes(Map.of())).singleElement().asString().startsWith("daveloper.yaml line 3 is not YAML");

        file("- http.port");
        assertThat(mistakes(Map.of())).containsExactly("daveloper.yaml line 1 must hold keys and values.");

        file("http.port: 1\n---\nhttp.port: 2");
        assertThat(mistakes(Map.of())).singleElement().asString().endsWith("holds a second document.");

        file("http.cors.origins: [[x]]");
        assertThat(mistakes(Map.of())).singleElement().asString().endsWith("has a list of other than plain values.");

        file("a: ".repeat(1) + "{a: ".repeat(30) + "1" + "}".repeat(30));
        assertThat(mistakes(Map.of())).singleElement().asString().endsWith("is nested too deeply.");

        file("#".repeat((1 << 20) + 1));
        assertThat(mistakes(Map.of())).containsExactly("daveloper.yaml is larger than 1MiB.");
    }

    @Test
    void an_empty_file_changes_nothing() throws Exception {
        file("# nothing yet\n");

        assertThat(read(Map.of()).get(HttpKeys.PORT)).isEqualTo(8080);
    }

    @Test
    void another_file_can_be_named_and_must_then_be_there() throws Exception {
        Files.writeString(directory.resolve("other.yaml"), "http.port: 7");

        assertThat(read(Map.of(), "--config=other.yaml").get(HttpKeys.PORT)).isEqualTo(7);
        assertThat(read(Map.of("DAVELOPER_CONFIG", "other.yaml")).get(HttpKeys.PORT))
                .isEqualTo(7);
        assertThat(mistakes(Map.of(), "--config", "none.yaml"))
                .containsExactly("There is no configuration file none.yaml.");
    }

    @Test
    void what_others_read_and_what_kubernetes_puts_into_the_environment_is_no_mistake() throws Exception {
        Map<String, String> environment = Map.of(
                "DAVELOPER_JAVA_OPTS", "-Xmx1g",
                "DAVELOPER_ADMIN_KEY", "sesame",
                "DAVELOPER_SERVICE_HOST", "10.0.0.1",
                "DAVELOPER_SERVICE_PORT_HTTP", "8080",
                "DAVELOPER_PORT", "tcp://10.0.0.1:8080",
                "DAVELOPER_PORT_8080_TCP_ADDR", "10.0.0.1",
                "DAVELOPER_HTTP_PORT", "tcp://10.0.0.2:80",
                "PATH", "/bin");

        assertThat(read(environment).get(HttpKeys.PORT)).isEqualTo(8080);
    }

    @Test
    void a_secret_is_shown_to_nobody() throws Exception {
        Map<String, String> environment = Map.of(
                "DAVELOPER_AGENT_OPENAI_API_KEY", "sesame",
                "DAVELOPER_AGENT_OPENAI_BASE_URL", "http://localhost:11434/v1",
                "DAVELOPER_AGENT_OPENAI_MODEL", "m");

        Values values = read(environment);

        assertThat(Reference.inForce(values))
                .contains("agent.openai.api-key: ***  # environment")
                .doesNotContain("sesame");
        assertThat(GatewayConfig.bind(values, InstantSource.system()).toString())
                .contains("apiKey=***")
                .doesNotContain("sesame");
    }

    private void file(String yaml) throws IOException {
        Files.writeString(directory.resolve("daveloper.yaml"), yaml);
    }

    private Values read(Map<String, String> environment, String... args) throws InvalidConfiguration {
        return Sources.read(CommandLine.parse(args), environment, directory);
    }

    private List<String> mistakes(Map<String, String> environment, String... args) {
        return catchThrowableOfType(
                        InvalidConfiguration.class,
                        () -> GatewayConfig.bind(read(environment, args), InstantSource.system()))
                .mistakes();
    }
}
