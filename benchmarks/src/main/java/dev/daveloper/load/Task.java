package dev.daveloper.load;

/** Something that was made ready, and is done when whoever measures has looked at the clocks. */
interface Task extends AutoCloseable {
    /** How much was done. */
    int go() throws Exception;

    @Override
    void close() throws Exception;
}
