package dev.daveloper.bootstrap;

import java.nio.file.Path;

/** Where the virtual machine begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Program program = new Program(System.getenv(), Path.of(""), System.out, System.err, Signals::ofSystem);
        // Threads of libraries that are not daemons must not hold up an end that was decided.
        System.exit(program.run(args));
    }
}
