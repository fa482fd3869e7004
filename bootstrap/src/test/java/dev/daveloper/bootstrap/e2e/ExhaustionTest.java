package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there in the machine comes to an end: files, memory, and the patience of many connections. */
class ExhaustionTest {
    private static final int FEW_FILES = 400;
    private static final int OUT_OF_MEMORY = 3;
    private static final int BIG_ANSWERS = 60;
    private static final int STORM = 2_000;
    private static final int STORMERS = 8;
    private static final String ASKED = "GET /health HTTP/1.1\r\nHost: gateway.example\r\n\r\n";

    @TempDir
    private Path directory;

    @Test
    void when_all_files_are_open_connections_wait_and_whoever_is_there_is_served() throws Exception {
        String[] options = {
            "--http.port=0",
            "--log.format=text",
            "--rate-limits.defaults=false",
            "--agent.pace=0s",
            // However long it takes to ask that often.
            "--http.idle-timeout=10m"
        };
        try (RunningProgram gateway = RunningProgram.startWithFiles(FEW_FILES, directory, options);
                Wire known = new Wire(gateway.base())) {
            String token = Visitor.at(gateway.base()).token();
            assertThat(known.exchange(bytes(ASKED)).status()).isEqualTo(200);
            List<Socket> many = asking(gateway.base(), FEW_FILES);
            assertThat(isAnswered(many.getFirst())).isTrue();
            assertThat(isAnswered(many.getLast())).isFalse();
            // Some files are kept from connections, so that what was let in can be done.
            byte[] question = "{\"message\":\"Are you there?\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(known.exchange(Surface.post("/agent/chat", token, question))
                            .status())
                    .isEqualTo(200);
            assertThat(known.exchange(Surface.uploads(bytes("kept"), token).getFirst())
                            .status())
                    .isEqualTo(202);

            for (Socket each : many) {
                each.close();
            }
            await().atMost(RunningProgram.PATIENCE).until(() -> {
                try (Socket late = asking(gateway.base())) {
                    return isAnswered(late);
                }
            });
            assertThat(gateway.log())
                    .containsOnlyOnce("connections are open, as many as may be: further ones wait")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void thousands_of_connections_that_come_and_go_leave_nothing_behind() throws Exception {
        try (RunningProgram gateway = RunningProgram.gateway(directory, "--agent.pace=0s")) {
            Visitor visitor = Visitor.at(gateway.base());
            assertThat(visitor.ask("Are you there?").statusCode()).isEqualTo(200);
            long before = gateway.openFiles();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> parts = new ArrayList<>();
                for (int part = 0; part < STORMERS; part++) {
                    parts.add(threads.submit(() -> {
                        storm(gateway.base(), STORM / STORMERS);
                        return null;
                    }));
                }
                for (Future<?> part : parts) {
                    part.get();
                }
            }
            assertThat(visitor.ask("And now?").statusCode()).isEqualTo(200);
            await().atMost(RunningProgram.PATIENCE).until(() -> gateway.openFiles() <= before + STORMERS);
            assertThat(gateway.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void without_memory_it_ends_at_once_and_what_was_accepted_is_there_after_the_next_start() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Script endless = lots().thenWaitFor(never);
        List<Visitor> accepted = new ArrayList<>();
        try (ServedAgent agent = ServedAgent.of(ScriptedAgent.following(request -> endless), 0)) {
            String[] options = {"--http.port=0", "--log.format=text", "--rate-limits.defaults=false", agent.target()};
            List<String> little = List.of("-Xmx48m", "-XX:+ExitOnOutOfMemoryError");
            try (RunningProgram first = RunningProgram.start(directory, little, options)) {
                URI base = first.base();
                for (int i = 0; i < BIG_ANSWERS; i++) {
                    ask(base, "Say a lot, " + i + ".").ifPresent(accepted::add);
                }
                assertThat(first.awaitExit()).isEqualTo(OUT_OF_MEMORY);
            }
            never.countDown();
            assertThat(accepted).isNotEmpty();
            try (RunningProgram second = RunningProgram.gateway(directory, agent.target())) {
                for (Visitor visitor : accepted) {
                    assertThat(visitor.movedTo(second.base()).history())
                            .extracting(message -> message.path("role").asText())
                            .containsExactly("user", "assistant");
                }
            }
        }
    }

    /** Somebody whose message was accepted; empty when nobody is there to accept it any more. */
    private static Optional<Visitor> ask(URI base, String message) throws InterruptedException {
        try {
            Visitor visitor = Visitor.at(base);
            HttpResponse<String> answer = visitor.start(message, "once");
            return answer.statusCode() == 202 ? Optional.of(visitor) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Nearly as much as an answer may have, which a gateway holds while it is made. */
    private static Script lots() {
        String page = "x".repeat(16 << 10);
        Script script = Script.say();
        for (int delta = 0; delta < 115; delta++) {
            script = script.thenSay(page);
        }
        return script;
    }

    /** By turns one that says nothing, one that breaks off in mid-word, and one that is answered. */
    private static void storm(URI base, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (Socket socket = new Socket(base.getHost(), base.getPort())) {
                if (i % 3 == 1) {
                    socket.getOutputStream().write(bytes(ASKED.substring(0, 20)));
                    // It leaves without a word, and the other end is told by a reset.
                    socket.setSoLinger(true, 0);
                } else if (i % 3 == 2) {
                    socket.getOutputStream().write(bytes(ASKED));
                    assertThat(socket.getInputStream().read()).isEqualTo('H');
                }
            }
        }
    }

    private static List<Socket> asking(URI base, int times) throws IOException {
        List<Socket> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(asking(base));
        }
        return all;
    }

    private static Socket asking(URI base) throws IOException {
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.getOutputStream().write(bytes(ASKED));
        return socket;
    }

    private static boolean isAnswered(Socket socket) throws IOException {
        socket.setSoTimeout(2_000);
        try {
            return socket.getInputStream().read() == 'H';
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
