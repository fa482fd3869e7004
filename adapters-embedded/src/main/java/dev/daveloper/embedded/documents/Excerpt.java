package dev.daveloper.embedded.documents;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Adjacent units of one passage, quoted together.
 *
 * @param score how much of the question they answer; higher is better
 * @param units not empty, in the order of the text, all of one block
 */
public record Excerpt(float score, List<Unit> units) {
    public Excerpt {
        units = List.copyOf(units);
    }

    public int start() {
        return units.getFirst().start();
    }

    public int end() {
        return units.getLast().end();
    }

    public Unit.Kind kind() {
        return units.getFirst().kind();
    }

    /** The excerpt as Markdown that can stand in another text. */
    public String display() {
        return units.stream().map(Unit::display).collect(Collectors.joining(" "));
    }
}
