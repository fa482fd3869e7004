package dev.daveloper.embedded.documents;

import dev.daveloper.domain.documents.FoundPassage;
import java.util.ArrayList;
import java.util.List;

/** Takes passages of handed-over documents apart into their units, at their places in the document's text. */
final class FoundText {
    /** Of a document of which nobody asked anything in particular, this much of a passage is quoted. */
    private static final int OPENING_CHARS = 500;

    private FoundText() {}

    static Passage passage(FoundPassage found) {
        List<String> headings = new ArrayList<>(found.headings());
        List<Unit> units = new ArrayList<>();
        for (MarkdownReader.Section section : MarkdownReader.read(found.text())) {
            if (units.isEmpty() && headings.isEmpty()) {
                headings.addAll(section.headings());
            }
            section.units().forEach(unit -> units.add(moved(unit, found.start())));
        }
        if (units.isEmpty()) {
            // What has no text of its own, such as a heading alone or a block of HTML, is quoted as it stands.
            units.add(new Unit(Unit.Kind.SENTENCE, 0, found.start(), found.end(), found.text(), ""));
        }
        return new Passage(
                found.documentId().value(),
                found.documentName(),
                new Origin.HandedOver(found.page()),
                found.ordinal(),
                headings,
                found.start(),
                found.end(),
                found.text(),
                units);
    }

    /** The passage as it begins, for a person who wants to know what is in the document. */
    static Match opening(FoundPassage found) {
        Passage passage = passage(found);
        List<Excerpt> excerpts = new ArrayList<>();
        List<Unit> block = new ArrayList<>();
        for (Unit unit : passage.units()) {
            boolean far = unit.end() - passage.units().getFirst().start() > OPENING_CHARS;
            if (far && !(excerpts.isEmpty() && block.isEmpty())) {
                break;
            }
            if (!block.isEmpty() && block.getLast().block() != unit.block()) {
                excerpts.add(new Excerpt(1, block));
                block = new ArrayList<>();
            }
            block.add(unit);
        }
        excerpts.add(new Excerpt(1, block));
        return new Match(passage, 1, 1, excerpts);
    }

    private static Unit moved(Unit unit, int by) {
        return new Unit(unit.kind(), unit.block(), unit.start() + by, unit.end() + by, unit.source(), unit.context());
    }
}
