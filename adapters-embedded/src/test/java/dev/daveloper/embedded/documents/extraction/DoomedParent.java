package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.documents.MediaKind;
import java.nio.file.Path;

/** A process that has a document read which takes for ever, and says which process reads it. */
final class DoomedParent {
    private DoomedParent() {}

    public static void main(String[] args) throws InterruptedException {
        ProcessExtractor extractor = (ProcessExtractor) ProcessExtractor.open(ExtractionConfig.defaults());
        extractor.extract(Path.of(args[0]), MediaKind.TEXT, done -> {});
        System.out.println(extractor.processes().findFirst().orElseThrow().pid());
        extractor.extract(Path.of(args[1]), MediaKind.PDF, done -> {});
    }
}
