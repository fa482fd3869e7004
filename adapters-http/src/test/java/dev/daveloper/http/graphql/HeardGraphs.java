package dev.daveloper.http.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.http.GraphListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers all that it hears, and that times and weights are some. Safe for use by many threads. */
final class HeardGraphs implements GraphListener {
    private final List<Heard> operations = new CopyOnWriteArrayList<>();
    private final List<String> fields = new CopyOnWriteArrayList<>();
    private final List<Lookup> lookups = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    record Heard(Operation operation, Result result) {
        static Heard of(String name, Kind kind, Transport transport, Result result) {
            return new Heard(new Operation(name, kind, transport), result);
        }

        /** Over plain HTTP. */
        static Heard of(String name, Kind kind, Result result) {
            return of(name, kind, Transport.HTTP, result);
        }
    }

    /** Operations, in the order of their ends. */
    List<Heard> operations() {
        return operations;
    }

    /** Fields that failed, as {@code code Type.field}. */
    List<String> fields() {
        return fields;
    }

    List<Lookup> lookups() {
        return lookups;
    }

    int open() {
        return open.get();
    }

    @Override
    public void looked(Lookup found) {
        lookups.add(found);
    }

    @Override
    public void done(Operation operation, Result result, int weight, long nanos) {
        assertThat(weight).isPositive();
        assertThat(nanos).isPositive();
        operations.add(new Heard(operation, result));
    }

    @Override
    public void refused(Operation operation, long nanos) {
        assertThat(nanos).isPositive();
        operations.add(new Heard(operation, Result.REFUSED));
    }

    @Override
    public void fieldFailed(String code, String field) {
        fields.add(code + " " + field);
    }

    @Override
    public void subscribed(Transport transport) {
        assertThat(transport).isNotEqualTo(Transport.HTTP);
        open.incrementAndGet();
    }

    @Override
    public void unsubscribed(Transport transport) {
        assertThat(transport).isNotEqualTo(Transport.HTTP);
        open.decrementAndGet();
    }
}
