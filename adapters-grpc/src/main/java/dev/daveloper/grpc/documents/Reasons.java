package dev.daveloper.grpc.documents;

import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.proto.documents.v1.JobFailed;
import java.util.regex.Pattern;

/** Why a document is not taken, or was not ingested: the service names the reason, people read our words for it. */
final class Reasons {
    private static final String OF_DOCUMENTS = "document_";
    private static final int MAX_DETAIL_CHARS = 300;

    /** Controls, direction marks and the like: they would deceive, or break the line. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\s]+");

    private Reasons() {}

    /** Whether a reason is about the document itself. */
    static boolean isOfDocument(String reason) {
        return reason.startsWith(OF_DOCUMENTS);
    }

    /** The code of a reason that is about the document itself. */
    static FailureCode code(String reason) {
        FailureCode code = FailureCode.of(reason);
        return code == FailureCode.INTERNAL ? FailureCode.DOCUMENT_UNREADABLE : code;
    }

    static DocumentRefused refusal(FailureCode code, NewDocument document) {
        return switch (code) {
            case DOCUMENT_TOO_LARGE -> DocumentRefused.tooLarge(document.maxBytes());
            case DOCUMENT_EMPTY -> DocumentRefused.empty();
            case DOCUMENT_QUOTA_EXCEEDED ->
                DocumentRefused.quota("There is no room for the document: "
                        + document.quota().scopeFiles() + " documents with "
                        + document.quota().scopeBytes()
                        + " bytes together are the limit. Delete some to make room.");
            default -> new DocumentRefused(code, words(code));
        };
    }

    /** Why a job failed; its detail is the one text of a service that is written for people, and may be shown. */
    static Failure failure(JobFailed failed) {
        if (!isOfDocument(failed.getCode()) || FailureCode.of(failed.getCode()) == FailureCode.INTERNAL) {
            return new Failure(FailureCode.DOCUMENTS_FAILED, words(FailureCode.DOCUMENTS_FAILED));
        }
        FailureCode code = FailureCode.of(failed.getCode());
        String detail =
                shortened(UNSEEN.matcher(failed.getDetail()).replaceAll(" ").strip());
        return new Failure(code, detail.isEmpty() ? words(code) : detail);
    }

    private static String words(FailureCode code) {
        return code.title() + ".";
    }

    private static String shortened(String detail) {
        if (detail.length() <= MAX_DETAIL_CHARS) {
            return detail;
        }
        int cut = MAX_DETAIL_CHARS - 1;
        return detail.substring(0, Character.isHighSurrogate(detail.charAt(cut - 1)) ? cut - 1 : cut) + "…";
    }
}
