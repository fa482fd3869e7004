package dev.daveloper.embedded;

/** What a write that was answered is safe from. */
public enum Durability {
    /**
     * The death of the process at any moment, {@code kill -9} included. A power cut or a crash of the operating system
     * may take the writes of the last moments, never more, and leaves the rest whole.
     */
    PROCESS_DEATH("NORMAL"),
    /** A power cut too, at the price of a sync of the disk for every group of writes. */
    POWER_CUT("FULL");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    /** The value of SQLite's {@code synchronous} setting, whose promises in WAL mode are the ones above. */
    String synchronous() {
        return synchronous;
    }
}
