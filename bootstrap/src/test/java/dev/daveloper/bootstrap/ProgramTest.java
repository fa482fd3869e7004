package dev.daveloper.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.bootstrap.config.ManagementConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The commands, in this process. What needs a process of its own is in {@code e2e}. */
@ResourceLock("the logging of this process")
class ProgramTest {
    private static final Pattern LISTENING = Pattern.compile("^(?:agent )?listening on (.*)$", Pattern.MULTILINE);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Signals signals = new Signals(() -> {});

    @BeforeAll
    static void the_tests_own_logging_stays() {
        System.setProperty("logback.configurationFile", "logback-test.xml");
    }

    @Test
    void help_and_version_are_shown_and_all_is_well() throws InterruptedException {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("--http.port=8080")
                .contains("Commands:");
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("daveloper ");
        assertThat(err.size()).isZero();
    }

    @Test
    void a_mistake_is_told_and_its_code_is_two() throws InterruptedException {
        assertThat(run("srve", "--http.port=x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .last()
                .isEqualTo("Every option is shown by --help.");
        assertThat(out.size()).isZero();
    }

    @Test
    void config_shows_what_is_in_force() throws InterruptedException {
        assertThat(run("config", "--http.port=81")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("http.port: 81  # command line\n");
    }

    @Test
    void the_gateway_serves_until_it_is_asked_to_stop() throws Exception {
        FutureTask<Integer> serving = start("--http.port=0", "--data.dir=", "--agent.pace=0s");
        URI base = URI.create(listening());
        HttpResponse<String> health = get(base.resolve("/health"));

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("  page    http://localhost:" + base.getPort() + "/ (this machine only")
                .contains("  agent   built in, quoting the documentation")
                .contains("  data    in memory");

        signals.stop();
        assertThat(serving.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void the_gateway_calls_an_agent_that_serves_over_grpc() throws Exception {
        FutureTask<Integer> agent = start("agent", "--port", "0", "--agent.pace=0s", "--reflection");
        String authority = listening();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--agent.target=dns:///" + authority);

        out.reset();
        Signals stopGateway = new Signals(() -> {});
        FutureTask<Integer> serving = start(
                program(stopGateway), "--http.port=0", "--data.dir=" + directory, "--agent.target=dns:///" + authority);
        URI base = URI.create(listening());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(get(base.resolve("/health/agent")).body()).contains("\"pass\""));
        assertThat(get(base.resolve("/agent/tools")).body()).contains("search_documents");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("dns:///" + authority + ", over gRPC")
                .contains("  data    " + directory);

        stopGateway.stop();
        assertThat(serving.get(30, TimeUnit.SECONDS)).isZero();
        signals.stop();
        assertThat(agent.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void a_certificate_that_cannot_be_used_is_one_sentence() throws Exception {
        assertThat(run("--data.dir=", "--http.port=0", "--http.tls.certificate=no.pem", "--http.tls.key=no.pem"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("TLS cannot be spoken: no.pem cannot be read: NoSuchFileException.")
                .hasLineCount(1);
    }

    @Test
    void a_list_of_trusted_documents_that_cannot_be_used_is_one_sentence() throws Exception {
        Path list = Files.writeString(directory.resolve("trusted.json"), "{\"health\": \"{ health { status } }\"}");
        assertThat(run("--data.dir=", "--http.port=0", "--graphql.trusted-documents=" + list))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "graphql.trusted-documents cannot be used: " + list + ", entry 1 (health), must be called by"
                                + " 64 lower-case hexadecimal digits, its document's SHA-256.")
                .hasLineCount(1);
    }

    @Test
    void a_port_that_is_taken_is_one_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--data.dir=", "--http.port=" + taken.getLocalPort()))
                    .isEqualTo(1);
            assertThat(run("agent", "--port=" + taken.getLocalPort())).isEqualTo(1);

            assertThat(err.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "Port " + taken.getLocalPort() + " of 127.0.0.1 is taken by another program; stop it, or"
                                    + " choose another port with --http.port.",
                            "Port " + taken.getLocalPort() + " of 127.0.0.1 is taken by another program; stop it, or"
                                    + " choose another port with --port.");
        }
    }

    @Test
    void a_port_of_management_that_is_taken_is_one_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--data.dir=", "--http.port=0", "--management.port=" + taken.getLocalPort()))
                    .isEqualTo(1);

            assertThat(err.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly("Port " + taken.getLocalPort() + " of 127.0.0.1 is taken by another program; stop"
                            + " it, or choose another port with --management.port.");
        }
    }

    @Test
    void the_usual_port_of_management_yields_to_who_has_it() throws Exception {
        int usual = ManagementConfig.DEFAULT_PORT;
        try (ServerSocket taken = new ServerSocket()) {
            try {
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), usual));
            } catch (BindException e) {
                // Somebody else has it, which is as good.
            }
            FutureTask<Integer> telling = start("--http.port=0", "--data.dir=", "--management.port=" + usual);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> out.toString(StandardCharsets.UTF_8).contains("management on"));
            assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().getLast())
                    .matches("management on http://127\\.0\\.0\\.1:\\d+")
                    .doesNotEndWith(":" + usual);
            signals.stop();
            assertThat(telling.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void where_metrics_are_told_is_a_line_after_where_it_listens_unless_they_are_told_nowhere() throws Exception {
        FutureTask<Integer> telling = start("--http.port=0", "--data.dir=");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> out.toString(StandardCharsets.UTF_8).contains("management on"));
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().getLast())
                .matches("management on http://127\\.0\\.0\\.1:\\d+");
        signals.stop();
        assertThat(telling.get(30, TimeUnit.SECONDS)).isZero();

        out.reset();
        Signals stop = new Signals(() -> {});
        FutureTask<Integer> silent = start(program(stop), "--http.port=0", "--data.dir=", "--management.port=");
        assertThat(listening()).startsWith("http://");
        stop.stop();
        assertThat(silent.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("management on");
    }

    @Test
    void an_address_that_is_not_here_is_one_sentence() throws InterruptedException {
        assertThat(run("--data.dir=", "--http.port=0", "--http.host=no.such.host.invalid"))
                .isEqualTo(1);
        assertThat(run("--data.dir=", "--http.port=0", "--http.host=192.0.2.1")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void a_data_directory_that_is_in_use_is_one_sentence() throws Exception {
        FutureTask<Integer> first = start("--http.port=0", "--data.dir=" + directory);
        listening();

        assertThat(run("--http.port=0", "--data.dir=" + directory)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("cannot be used");

        signals.stop();
        assertThat(first.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void an_agent_that_cannot_be_called_is_one_sentence() throws InterruptedException {
        assertThat(run(
                        "--data.dir=",
                        "--http.port=0",
                        "--agent.target=dns:///localhost:1",
                        "--agent.tls.enabled",
                        "--agent.tls.authorities=" + directory.resolve("none.pem")))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }

    private int run(String... args) throws InterruptedException {
        return program(signals).run(args);
    }

    private FutureTask<Integer> start(String... args) {
        return start(program(signals), args);
    }

    private static FutureTask<Integer> start(Program program, String... args) {
        FutureTask<Integer> running = new FutureTask<>(() -> program.run(args));
        Thread.ofPlatform().daemon().name("program").start(running);
        return running;
    }

    private Program program(Signals stop) {
        return new Program(
                Map.of("DAVELOPER_MANAGEMENT_PORT", "0"),
                directory,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> false,
                () -> stop);
    }

    private String listening() {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> find(out.toString(StandardCharsets.UTF_8)), found -> !found.isEmpty());
    }

    private static String find(String text) {
        Matcher matcher = LISTENING.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
