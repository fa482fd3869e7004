package dev.daveloper.http.documents;

import dev.daveloper.http.UploadLimits;
import dev.daveloper.http.failures.ProblemType;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The body of an upload as it comes: bounded in bytes and in time. It alone knows why it broke off, whatever becomes of
 * the exception on its way through those who read. For one thread.
 */
final class UploadBody extends InputStream {
    /** What a sender that has used up its time is given to notice the answer. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);

    private static final int BUFFER_BYTES = 16 * 1024;

    private final HttpServletRequest request;
    private final UploadLimits limits;
    private final long deadline;
    private long bytes;
    private long skippedBytes;
    private boolean skipping = true;
    private boolean ended;
    private @Nullable Refusal refusal;
    private @Nullable IOException broken;

    UploadBody(HttpServletRequest request, UploadLimits limits) {
        this.request = request;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.within().toNanos();
    }

    /** From now on what is read is wanted, or is read only to get at what stands behind it. */
    void wanted(boolean wanted) {
        skipping = !wanted;
    }

    /** How many bytes are said to come; 0 when that is not said. */
    long announced() {
        return Math.max(0, request.getContentLengthLong());
    }

    /** How many have been read so far. */
    long bytes() {
        return bytes;
    }

    /** The bound that was reached; empty when none was. */
    Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether the connection failed: nobody is there any more, or nothing came for too long. */
    boolean isBroken() {
        return broken != null;
    }

    /** Whether it is broken because nothing came, though the sender may still be there. */
    boolean isSilent() {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing of it is left unread. */
    boolean isEnded() {
        return ended || request.getContentLengthLong() == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (refusal != null) {
            throw new IOException("the upload was refused before");
        }
        if (System.nanoTime() - deadline >= 0) {
            throw refuse(
                    TransportFailure.REQUEST_TIMEOUT.type(),
                    "An upload may take at most " + limits.within().toSeconds() + " seconds.");
        }
        int read = readOn(buffer, offset, length);
        bytes += Math.max(0, read);
        skippedBytes += skipping ? Math.max(0, read) : 0;
        if (bytes > limits.maxRequestBytes()) {
            throw tooLarge();
        }
        if (skippedBytes > limits.maxSkippedBytes()) {
            throw refuse(
                    TransportFailure.BODY_TOO_LARGE.type(),
                    "More than " + limits.maxSkippedBytes() + " bytes were sent that are not taken.");
        }
        return read;
    }

    /** @throws Refusal when it is announced to be longer than it may be */
    void requireLengthWithinBounds() {
        if (request.getContentLengthLong() > limits.maxRequestBytes()) {
            tooLarge();
            throw new Refusal(TransportFailure.BODY_TOO_LARGE, tooLargeDetail());
        }
    }

    /**
     * Reads on for a while and forgets it, after the answer was sent. A sender that waits to be told to go on is not.
     */
    void linger() {
        boolean waits = bytes == 0 && request.getHeader("Expect") != null;
        if (waits || broken != null) {
            return;
        }
        long until = Math.max(deadline - System.nanoTime(), LAST_MOMENTS.toNanos()) + System.nanoTime();
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = limits.maxLingerBytes();
        try {
            while (!ended && left > 0 && System.nanoTime() - until < 0) {
                left -= readOn(buffer, 0, buffer.length);
            }
        } catch (IOException e) {
            // The sender has seen the answer and left, which is what this was for.
        }
    }

    private int readOn(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = request.getInputStream().read(buffer, offset, length);
            ended |= read < 0;
            return read;
        } catch (IOException e) {
            broken = e;
            throw e;
        }
    }

    private IOException tooLarge() {
        return refuse(TransportFailure.BODY_TOO_LARGE.type(), tooLargeDetail());
    }

    private String tooLargeDetail() {
        return "An upload may have at most " + limits.maxRequestBytes() + " bytes.";
    }

    private IOException refuse(ProblemType type, String detail) {
        refusal = new Refusal(type, detail, Map.of());
        return new IOException(detail);
    }
}
