package dev.daveloper.http.documents;

import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.UploadLimits;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;

/**
 * The files of a {@code multipart/form-data} body (RFC 7578), one after the other as they come; nothing is kept, and
 * parts that are no files are passed over. For one thread.
 */
final class MultipartFiles {
    private static final String MEDIA_TYPE = "multipart/form-data";
    private static final int MAX_CONTENT_TYPE_CHARS = 256;
    /** RFC 2046, section 5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private final Parser parser = new Parser();
    private final HttpServletRequest request;
    private final String contentType;
    private final UploadBody body;
    private final UploadLimits limits;
    private @Nullable FileItemInputIterator parts;
    private int partCount;
    private int fileCount;

    /**
     * Reads nothing yet.
     *
     * @throws Refusal when the request's body is of another type
     * @throws InvalidRequest when the type names no usable boundary
     */
    MultipartFiles(HttpServletRequest request, UploadBody body, UploadLimits limits) {
        this.request = request;
        this.body = body;
        this.limits = limits;
        parser.setHeaderCharset(StandardCharsets.UTF_8);
        parser.setMaxPartHeaderSize(limits.maxPartHeaderBytes());
        this.contentType = typeOf(request);
        requireBoundary();
    }

    /**
     * A file on its way in.
     *
     * @param content ends where the part does; closing it does nothing
     */
    record Part(String name, String declaredType, InputStream content) {}

    /**
     * The next file, behind whatever is left of the last one; empty when there is none.
     *
     * @throws InvalidRequest when the body is not well-formed
     * @throws Refusal when there are more parts or files than there may be
     * @throws IOException when the body breaks off; {@link UploadBody} knows why
     */
    Optional<Part> next() throws IOException {
        body.wanted(false);
        try {
            for (FileItemInput part = nextPart(); part != null; part = nextPart()) {
                String name = parser.getFileName(part.getHeaders());
                PartContent content = new PartContent(part.getInputStream());
                // Browsers send a file without name and content where none was chosen.
                if (name != null && !(name.isEmpty() && content.isEmpty())) {
                    countFile();
                    return Optional.of(new Part(name, Objects.requireNonNullElse(part.getContentType(), ""), content));
                }
            }
            return Optional.empty();
        } catch (FileUploadSizeException e) {
            if (stopped()) {
                throw e;
            }
            throw malformed("a part's headers have more than " + limits.maxPartHeaderBytes() + " bytes");
        } catch (Refusal e) {
            throw e;
        } catch (FileUploadException | RuntimeException e) {
            // The library tells of damaged headers in many ways, few of them declared.
            throw asBroken(e);
        }
    }

    /** Whether the library found the body damaged while a part was read. */
    static boolean isDamage(IOException e) {
        return e instanceof FileUploadException;
    }

    static InvalidRequest damaged() {
        return malformed("it ends too early, or a part is damaged");
    }

    private @Nullable FileItemInput nextPart() throws IOException {
        FileItemInputIterator reading = parts;
        if (reading == null) {
            reading = parser.getItemIterator(new Body());
            parts = reading;
        }
        if (!reading.hasNext()) {
            return null;
        }
        if (++partCount > limits.maxParts()) {
            throw new Refusal(
                    TransportFailure.BODY_TOO_LARGE, "An upload may have at most " + limits.maxParts() + " parts.");
        }
        return reading.next();
    }

    private void countFile() {
        if (++fileCount > limits.maxFiles()) {
            throw new Refusal(
                    TransportFailure.BODY_TOO_LARGE, "An upload may have at most " + limits.maxFiles() + " files.");
        }
    }

    private boolean stopped() {
        return body.isBroken() || body.refusal().isPresent();
    }

    /** What the library reports as damage may be no more than a body that broke off beneath it. */
    private IOException asBroken(Exception e) {
        if (stopped()) {
            return e instanceof IOException io ? io : new IOException(e);
        }
        throw damaged();
    }

    private static InvalidRequest malformed(String why) {
        return new InvalidRequest("#", "The body is not a well-formed multipart/form-data body: " + why + ".");
    }

    /** The header as it came: the server's own reading of it fails over an unknown charset. */
    private static String typeOf(HttpServletRequest request) {
        String header = request.getHeader("Content-Type");
        String type = header == null || header.length() > MAX_CONTENT_TYPE_CHARS ? "" : header;
        String media = type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals(MEDIA_TYPE)) {
            throw new Refusal(
                    TransportFailure.UNSUPPORTED_MEDIA_TYPE.type(),
                    "Send the documents as multipart/form-data.",
                    Map.of("Accept", MEDIA_TYPE));
        }
        return type;
    }

    private void requireBoundary() {
        String boundary = boundaryOf(contentType);
        if (!BOUNDARY.matcher(boundary).matches()) {
            throw new InvalidRequest("#", "Content-Type must name a boundary of 1 to 70 characters (RFC 2046).");
        }
    }

    /** Empty when there is none that can be read. */
    private String boundaryOf(String type) {
        try {
            byte[] boundary = parser.getBoundary(type);
            return boundary == null ? "" : new String(boundary, StandardCharsets.ISO_8859_1);
        } catch (RuntimeException e) {
            return "";
        }
    }

    /** The library, told to look at every part: one without a field's name is a file all the same. */
    private static final class Parser extends JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> {
        @Override
        public String getFieldName(FileItemHeaders headers) {
            String name = super.getFieldName(headers);
            return name == null ? "" : name;
        }
    }

    private final class Body implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public Charset getCharset() {
            return StandardCharsets.UTF_8;
        }

        @Override
        public long getContentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
