package dev.daveloper.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Puts load on gateways, agents and proxies, as it is told on standard input, one task after the other: it makes a task
 * ready, says {@code ready}, waits for another line, does it, and says {@code done} and how much. Times go to a file.
 */
public final class LoadDriver {
    private LoadDriver() {}

    /** Until the end of standard input. */
    public static void main(String[] args) throws Exception {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            try (Task task = task(line.split(","))) {
                System.out.println("ready");
                if (told.readLine() == null) {
                    return;
                }
                System.out.println("done " + task.go());
            }
        }
    }

    private static Task task(String[] told) throws Exception {
        int port = Integer.parseInt(told[1]);
        int number = Integer.parseInt(told[2]);
        return switch (told[0]) {
            case "chat", "first", "get", "post" -> httpCalls(told, port, number);
            case "direct", "direct-first" ->
                new DirectCalls(
                        port,
                        told[0].equals("direct-first"),
                        new Pace(number, Integer.parseInt(told[3])),
                        Integer.parseInt(told[4]),
                        Path.of(told[5]));
            case "viewers" -> new Viewers(port, number, told[3], Path.of(told[4]));
            case "direct-viewers" -> new DirectViewers(port, number, told[3], Path.of(told[4]));
            case "slow" -> new SlowStreams(port, number, told[3], Path.of(told[4]));
            case "sockets" -> new IdleSockets(port, number, Integer.parseInt(told[3]));
            default -> throw new IllegalArgumentException("no task is called " + told[0]);
        };
    }

    private static Task httpCalls(String[] told, int port, int rate) throws IOException {
        return new HttpCalls(
                HttpCalls.Kind.valueOf(told[0].toUpperCase(Locale.ROOT)),
                port,
                told[6],
                new Pace(rate, Integer.parseInt(told[3])),
                Integer.parseInt(told[4]),
                Path.of(told[5]));
    }
}
