package dev.daveloper.http.graphql;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.http.GraphListener;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of operations that are told apart by whoever measures and traces. Anybody may name an operation anything,
 * so only names that the operator has listed are told; the first so many that come would be whatever a stranger sends
 * after a start.
 *
 * @param known at most {@value #MAX}
 */
public record OperationNames(Set<String> known) {
    /** Enough for the operations of a client, and few enough to pay for. */
    public static final int MAX = 50;

    /** None is. */
    public static final OperationNames NONE = new OperationNames(Set.of());

    private static final Pattern FORM = Pattern.compile("[_A-Za-z][_0-9A-Za-z]{0,63}");

    public OperationNames {
        known = Set.copyOf(known);
        if (known.size() > MAX) {
            throw new InvalidValue("operationNames", Integer.toString(known.size()), "at most " + MAX + " names");
        }
        for (String name : known) {
            if (!FORM.matcher(name).matches()) {
                throw new InvalidValue("operationName", name, "a name of GraphQL of at most 64 characters");
            }
        }
    }

    /** The name to tell: its own when it is listed, else what stands for all others. */
    String toldFor(Optional<String> name) {
        return name.map(own -> known.contains(own) ? own : GraphListener.OTHER).orElse(GraphListener.ANONYMOUS);
    }

    boolean has(String name) {
        return known.contains(name);
    }
}
