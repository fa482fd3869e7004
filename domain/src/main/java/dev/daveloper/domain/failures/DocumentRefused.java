package dev.daveloper.domain.failures;

/** A document that is not taken, or could not be ingested. Says why to the person who sent it. */
public final class DocumentRefused extends GatewayException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_EXTENSION_CHARS = 20;

    /** @param code one of those that begin with {@code DOCUMENT_} */
    public DocumentRefused(FailureCode code, String detail) {
        super(code, detail);
    }

    public static DocumentRefused tooLarge(long maxBytes) {
        return new DocumentRefused(
                FailureCode.DOCUMENT_TOO_LARGE, "A document may have at most " + maxBytes + " bytes.");
    }

    public static DocumentRefused type(String extension, String allowed) {
        String shown = extension.length() <= SHOWN_EXTENSION_CHARS ? extension : "…";
        return new DocumentRefused(
                FailureCode.DOCUMENT_TYPE_NOT_ALLOWED,
                (shown.isEmpty() ? "Files without an extension" : "Files named ." + shown)
                        + " are not taken. These are: " + allowed + ".");
    }

    public static DocumentRefused mismatch(String detail) {
        return new DocumentRefused(FailureCode.DOCUMENT_TYPE_MISMATCH, detail);
    }

    public static DocumentRefused empty() {
        return new DocumentRefused(FailureCode.DOCUMENT_EMPTY, "The file is empty.");
    }

    public static DocumentRefused quota(String detail) {
        return new DocumentRefused(FailureCode.DOCUMENT_QUOTA_EXCEEDED, detail);
    }
}
