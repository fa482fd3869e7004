package dev.daveloper.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever clients choose makes no series: not sessions, paths, methods, names of agents or of operations. */
class SeriesTest {
    private static final int MANY = 10_000;
    private static final int FEW = 2;
    private static final int CONNECTIONS = 32;
    private static final int AT_ONCE = 50;
    private static final int METHODS = 100;
    private static final int NAMES = 1_000;

    private static final Pattern SERIES = Pattern.compile("^(daveloper_[a-z_]+(?:\\{.*})?) \\S+$", Pattern.MULTILINE);
    private static final byte[] ANSWER = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private static Set<String> series(RunningProgram program) throws Exception {
        return SERIES.matcher(Scrape.of(program).text())
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String opening(int number) {
        return "POST /sessions HTTP/1.1\r\nHost: localhost\r\nUser-Agent: agent-" + number
                + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static String looking(int number) {
        return "GET /places/" + number + "?q=" + number + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: agent-" + number
                + "\r\nX-Request-Id: request-" + number + "\r\n\r\n";
    }

    private static String asking(int number) {
        String body = "{\"query\":\"query Name" + number + " { tools { name } }\"}";
        return "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String doing(int number) {
        return "DO" + number + " /sessions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    @Test
    void ten_thousand_sessions_and_paths_make_no_series() throws Exception {
        try (RunningProgram program = RunningProgram.gateway(directory, "--session.max-per-address=0")) {
            int port = program.base().getPort();
            use(port, FEW);
            Set<String> before = series(program);

            use(port, MANY);
            assertThat(before).hasSizeGreaterThan(100);
            Set<String> more = series(program);
            more.removeAll(before);
            assertThat(more).isEmpty();
            Scrape scrape = Scrape.of(program);
            assertThat(scrape.value("daveloper_sessions_opened_total", Map.of()))
                    .hasValue((double) MANY + FEW);
            assertThat(scrape.value(
                            "daveloper_http_requests_seconds_count", Map.of("route", "UNKNOWN", "method", "GET")))
                    .hasValue((double) MANY + FEW);
            assertThat(scrape.value("daveloper_http_requests_seconds_count", Map.of("method", "OTHER")))
                    .hasValue((double) METHODS + FEW);
            assertThat(scrape.value("daveloper_graphql_named_operations_seconds_count", Map.of("name", "OTHER")))
                    .hasValue((double) NAMES + FEW);
        }
    }

    private static void use(int port, int many) throws Exception {
        pipelined(port, many, SeriesTest::opening);
        pipelined(port, many, SeriesTest::looking);
        pipelined(port, Math.min(many, NAMES), SeriesTest::asking);
        for (int number = 0; number < Math.min(many, METHODS); number++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(doing(number).getBytes(StandardCharsets.US_ASCII));
                awaitAnswers(socket.getInputStream(), 1);
            }
        }
    }

    /** Many requests in each other's wake, which is the quickest way to have them answered. */
    private static void pipelined(int port, int many, IntFunction<String> request) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int from = many * i / CONNECTIONS;
                int to = many * (i + 1) / CONNECTIONS;
                calls.add(callers.submit(() -> {
                    send(port, from, to, request);
                    return null;
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
    }

    private static void send(int port, int from, int to, IntFunction<String> request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int first = from; first < to; first += AT_ONCE) {
                int last = Math.min(to, first + AT_ONCE);
                String all = IntStream.range(first, last).mapToObj(request).collect(Collectors.joining());
                socket.getOutputStream().write(all.getBytes(StandardCharsets.US_ASCII));
                awaitAnswers(socket.getInputStream(), last - first);
            }
        }
    }

    private static void awaitAnswers(InputStream in, int answers) throws IOException {
        int seen = 0;
        int matched = 0;
        byte[] buffer = new byte[16 * 1024];
        while (seen < answers) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new AssertionError("closed after " + seen + " of " + answers);
            }
            for (int i = 0; i < read; i++) {
                matched = buffer[i] == ANSWER[matched] ? matched + 1 : buffer[i] == ANSWER[0] ? 1 : 0;
                if (matched == ANSWER.length) {
                    seen++;
                    matched = 0;
                }
            }
        }
    }
}
