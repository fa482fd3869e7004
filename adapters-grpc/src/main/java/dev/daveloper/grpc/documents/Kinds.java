package dev.daveloper.grpc.documents;

import dev.daveloper.domain.documents.MediaKind;
import dev.daveloper.domain.failures.InvalidValue;

/** Kinds of documents, there and back. */
final class Kinds {
    private Kinds() {}

    static dev.daveloper.proto.documents.v1.MediaKind write(MediaKind kind) {
        return switch (kind) {
            case PDF -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_PDF;
            case DOCX -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_DOCX;
            case PPTX -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_PPTX;
            case XLSX -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_XLSX;
            case ODT -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_ODT;
            case EPUB -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_EPUB;
            case HTML -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_HTML;
            case MARKDOWN -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_MARKDOWN;
            case TEXT -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_TEXT;
            case CSV -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_CSV;
            case JSON -> dev.daveloper.proto.documents.v1.MediaKind.MEDIA_KIND_JSON;
        };
    }

    /** @throws InvalidValue when it is not said, or none that is known */
    static MediaKind read(dev.daveloper.proto.documents.v1.MediaKind kind) {
        return switch (kind) {
            case MEDIA_KIND_PDF -> MediaKind.PDF;
            case MEDIA_KIND_DOCX -> MediaKind.DOCX;
            case MEDIA_KIND_PPTX -> MediaKind.PPTX;
            case MEDIA_KIND_XLSX -> MediaKind.XLSX;
            case MEDIA_KIND_ODT -> MediaKind.ODT;
            case MEDIA_KIND_EPUB -> MediaKind.EPUB;
            case MEDIA_KIND_HTML -> MediaKind.HTML;
            case MEDIA_KIND_MARKDOWN -> MediaKind.MARKDOWN;
            case MEDIA_KIND_TEXT -> MediaKind.TEXT;
            case MEDIA_KIND_CSV -> MediaKind.CSV;
            case MEDIA_KIND_JSON -> MediaKind.JSON;
            case MEDIA_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw new InvalidValue("kind", kind.name(), "one of the contract's kinds");
        };
    }
}
