package dev.daveloper.embedded.documents.extraction;

import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.FailureCode;
import java.time.Duration;

/** Why a document cannot be read, said to the person who sent it. */
final class Refusals {
    private Refusals() {}

    static DocumentRefused damaged() {
        return unreadable("The file is damaged or incomplete.");
    }

    static DocumentRefused unreadable(String detail) {
        return new DocumentRefused(FailureCode.DOCUMENT_UNREADABLE, detail);
    }

    static DocumentRefused tooComplex(String detail) {
        return new DocumentRefused(FailureCode.DOCUMENT_TOO_COMPLEX, detail);
    }

    static DocumentRefused tooNested() {
        return tooComplex("The document's parts are nested too deeply.");
    }

    static DocumentRefused tooMuchMemory() {
        return tooComplex("The document needs more memory than one document may take.");
    }

    static DocumentRefused tooSlow(Duration limit) {
        return tooComplex("The document could not be read within " + limit.toSeconds() + " seconds.");
    }

    static DocumentRefused tooMuchText(int maxChars) {
        return tooComplex("The document has more than " + maxChars + " characters of text.");
    }

    static DocumentRefused encrypted() {
        return new DocumentRefused(
                FailureCode.DOCUMENT_ENCRYPTED, "The document is locked by a password or by rights management.");
    }

    static DocumentRefused noText() {
        return new DocumentRefused(
                FailureCode.DOCUMENT_EMPTY,
                "The document has no text. Scanned pages are pictures; recognise their text first.");
    }
}
