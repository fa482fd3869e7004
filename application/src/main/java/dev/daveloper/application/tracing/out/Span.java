package dev.daveloper.application.tracing.out;

import dev.daveloper.domain.tracing.TraceContext;
import java.util.Optional;

/**
 * One operation of a trace, from its beginning to its end. What is told after the end is lost. Safe for use by many
 * threads.
 */
public interface Span {
    /** Its place in the trace. */
    TraceContext context();

    /**
     * What those who are asked on its behalf are told. Empty for a trace that began here and is not traced: to be told
     * that it is not sampled would keep them from recording it themselves.
     */
    Optional<TraceContext> sent();

    /** Whether anybody will see what is told here; where nobody will, nothing need be found out. */
    boolean recorded();

    /** A name that fits better than the one it began with; as bounded as that. */
    void rename(String name);

    void put(Attribute attribute, String value);

    void put(Attribute attribute, long value);

    /** Something happened in between, at this moment. */
    void happened(String event);

    /**
     * It did not do what it was for.
     *
     * @param type which failure, one of few: a code, a status, a class
     */
    void failed(String type);

    /** It is over. Idempotent. */
    void end();
}
