package dev.daveloper.bootstrap;

import java.io.Console;

/** Whether people see on a terminal what is printed. */
final class Terminal {
    private Terminal() {}

    /**
     * JDK 22 to 24 have a console without a terminal, which says so itself, but for {@code -Djdk.console=java.base},
     * which the launcher gives; before there was nothing to ask it.
     */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
