package dev.daveloper.redis.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One Redis server in a process of its own, on a port of the loopback address. It has a folder for what it keeps, which
 * is gone when it is closed. Nothing survives a kill unless it was started {@linkplain #durable durable}. Methods that
 * end and start the process are for one thread at a time, {@link #command} and the questions are for many.
 */
public final class RedisProcess implements AutoCloseable {
    /** How long a server may take until it answers, with all that it kept loaded. */
    static final Duration MAX_START = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(10);
    private static final int MAX_PORTS_TRIED = 5;
    private static final String PASSWORD = "requirepass ";

    private final Path binary = RedisBinary.path();
    private final Folder folder = Folder.create("redis-server");
    private final int port;
    private final boolean sentinel;
    private final Optional<String> password;
    private volatile ServerProcess process;

    private RedisProcess(int port, boolean sentinel, List<String> options) {
        this.port = port;
        this.sentinel = sentinel;
        this.password = passwordIn(options);
        folder.write("redis.conf", configuration(port, sentinel, options));
        this.process = launch();
    }

    /**
     * A server that answers.
     *
     * @param options lines as in {@code redis.conf}, such as {@code maxmemory 8mb}; a password is {@code requirepass}
     * @throws IllegalStateException with the server's log, if it does not answer within 30 seconds
     */
    public static RedisProcess start(String... options) {
        return start(FreePort::any, false, List.of(options));
    }

    /** A server that has on disk what it has acknowledged: a kill loses nothing. Otherwise as {@link #start}. */
    public static RedisProcess durable(String... options) {
        List<String> all = new ArrayList<>(List.of("appendonly yes", "appendfsync always"));
        all.addAll(Arrays.asList(options));
        return start(FreePort::any, false, all);
    }

    static RedisProcess start(IntSupplier ports, boolean sentinel, List<String> options) {
        for (int tried = 1; ; tried++) {
            RedisProcess started = new RedisProcess(ports.getAsInt(), sentinel, options);
            try {
                started.awaitAnswer();
                return started;
            } catch (IllegalStateException failed) {
                boolean portWasTaken = started.log().contains("Address already in use");
                started.close();
                if (!portWasTaken || tried == MAX_PORTS_TRIED) {
                    throw failed;
                }
            }
        }
    }

    static Optional<String> passwordIn(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith(PASSWORD))
                .map(option -> option.substring(PASSWORD.length()))
                .findFirst();
    }

    private static List<String> configuration(int port, boolean sentinel, List<String> options) {
        List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir data", "daemonize no"));
        if (!sentinel) {
            lines.addAll(List.of("save \"\"", "appendonly no"));
        }
        lines.addAll(options);
        return lines;
    }

    public int port() {
        return port;
    }

    /** {@code redis://127.0.0.1:PORT}, without a password. */
    public String url() {
        return "redis://" + address();
    }

    /** {@code 127.0.0.1:PORT}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Whether the process runs; it may be frozen. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Asks as {@code redis-cli} does, with the password if there is one.
     *
     * @return of an array its elements, a line each, and of nothing the empty text
     * @throws IllegalStateException with the server's words, if it answers with an error
     * @throws UncheckedIOException if it does not answer within 2 seconds
     */
    public String command(String... command) {
        return Resp.ask(port, password, command);
    }

    /** Ends the process as a power cut does, and returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** From now on it neither answers nor refuses: connections to it are still made. */
    public void freeze() {
        process.signal("STOP");
    }

    /** Ends a {@link #freeze()}: what was asked meanwhile is answered now. */
    public void thaw() {
        process.signal("CONT");
    }

    /**
     * Kills the server if it runs, and starts it on its port, with its configuration and what it has on disk.
     *
     * @throws IllegalStateException with the server's log, if it does not answer within 30 seconds
     */
    public void restart() {
        kill();
        process = launch();
        awaitAnswer();
    }

    /** As {@link #restart()}, but it comes back without memory; a node of a cluster has forgotten the cluster too. */
    public void wipeAndRestart() {
        kill();
        folder.empty("data");
        process = launch();
        awaitAnswer();
    }

    /** All that it has said since it was first started. */
    public String log() {
        return folder.read("redis.log");
    }

    /** Ends the process, frozen or not, and deletes its folder. */
    @Override
    public void close() {
        process.kill();
        folder.delete();
    }

    @Override
    public String toString() {
        return (sentinel ? "sentinel " : "redis ") + address();
    }

    private ServerProcess launch() {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "redis.conf"));
        if (sentinel) {
            command.add("--sentinel");
        }
        try {
            Files.createDirectories(folder.path().resolve("data"));
            return ServerProcess.start(command, folder.path(), folder.file("redis.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(this + " cannot be started", failed);
        }
    }

    private void awaitAnswer() {
        try {
            await().atMost(MAX_START)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(() -> !isAlive() || answers());
        } catch (ConditionTimeoutException late) {
            throw new IllegalStateException(this + " does not answer after " + MAX_START + ":\n" + log(), late);
        }
        if (!isAlive()) {
            throw new IllegalStateException(this + " ended at its start:\n" + log());
        }
    }

    /** Whether it is this very process that answers: another server may have been quicker to take the port. */
    private boolean answers() {
        try {
            return command("PING").equals("PONG")
                    && command("INFO", "server").contains("process_id:" + process.pid() + "\r\n");
        } catch (UncheckedIOException | IllegalStateException notYet) {
            return false;
        }
    }
}
