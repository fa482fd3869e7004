package dev.daveloper.bootstrap;

import java.nio.file.Path;

/** Where the virtual machine begins. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Program program =
                new Program(System.getenv(), Path.of(""), System.out, System.err, Terminal::isThere, Signals::ofSystem);
        int code = program.run(args);
        if (!program.hasServed()) {
            // The launcher has the classes that were loaded archived at the end: these few must not be all there is.
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(code);
        }
        // Threads of libraries that are not daemons must not hold up an end that was decided.
        System.exit(code);
    }
}
