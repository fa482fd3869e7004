package dev.daveloper.redis.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own. Neither it nor a {@link Folder} outlives this JVM, unless that is killed. Safe for
 * use by many threads.
 */
final class ServerProcess {
    /** How long a process may take to be gone when it has no reason to stay. */
    private static final int MAX_END_SECONDS = 10;

    /** How long one may take that does something first: a JVM on a busy machine. */
    private static final int MAX_RUN_SECONDS = 60;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ServerProcess::endAll));
    }

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts it; what it says is added to the log. */
    static ServerProcess start(List<String> command, Path directory, File log) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        RUNNING.add(process);
        return new ServerProcess(process);
    }

    /** What tests have not closed, which may be on purpose: a server for all of them. */
    private static void endAll() {
        RUNNING.forEach(Process::destroyForcibly);
        RUNNING.forEach(process -> awaitEnd(process, MAX_END_SECONDS));
        Folder.deleteAll();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Ends it at once, stopped or not, and returns when it is gone. */
    void kill() {
        awaitEnd(process.destroyForcibly(), MAX_END_SECONDS);
        RUNNING.remove(process);
    }

    /** Waits until it ends by itself, and says how. */
    int awaitExit() {
        awaitEnd(process, MAX_RUN_SECONDS);
        RUNNING.remove(process);
        return process.exitValue();
    }

    /** Sends a signal, by its name without SIG. */
    void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start();
            awaitEnd(kill, MAX_END_SECONDS);
            if (kill.exitValue() != 0) {
                throw new IllegalStateException("SIG" + name + " did not reach process " + pid());
            }
        } catch (IOException failed) {
            throw new IllegalStateException("this system has no program kill", failed);
        }
    }

    private static void awaitEnd(Process process, int maxSeconds) {
        try {
            if (!process.waitFor(maxSeconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "process " + process.pid() + " was not gone after " + maxSeconds + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + process.pid() + " ended", interrupted);
        }
    }
}
