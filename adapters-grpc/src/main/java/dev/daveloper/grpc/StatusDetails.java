package dev.daveloper.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a status carries beside its code, in the rich error model of google.rpc, and how it looks in the log. */
public final class StatusDetails {
    /** How gRPC words it when it is this side that finds a message too large; it has no status of its own. */
    private static final String TOO_LARGE = "exceeds maximum size";

    private static final int MAX_LOGGED_CHARS = 300;
    private static final int MAX_CAUSES = 10;
    /** Line breaks would forge lines of the log. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private StatusDetails() {}

    /** A status with these details. */
    public static StatusRuntimeException with(Status status, String message, List<? extends Message> details) {
        com.google.rpc.Status.Builder rich = com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(message);
        details.forEach(detail -> rich.addDetails(Any.pack(detail)));
        return StatusProto.toStatusRuntimeException(rich.build());
    }

    /** The detail that tells when to come again. */
    public static RetryInfo retry(Duration after) {
        return RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(after.toSeconds())
                        .setNanos(after.toNanosPart()))
                .build();
    }

    /** The first detail of this kind; empty when there is none that can be read. */
    public static <D extends Message> Optional<D> find(Status status, @Nullable Metadata trailers, Class<D> kind) {
        if (trailers == null) {
            return Optional.empty();
        }
        try {
            for (Any detail :
                    StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList()) {
                if (detail.is(kind)) {
                    return Optional.of(detail.unpack(kind));
                }
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            // A detail that cannot be read is a detail not given.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether it was this side that ended the call, over a message larger than it takes. */
    public static boolean isTooLarge(Status status) {
        String description = status.getDescription();
        return description != null && description.contains(TOO_LARGE);
    }

    /** The status for the log: on one line, shortened, with the innermost cause where there is one. */
    public static String describe(Status status) {
        StringBuilder text = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            text.append(": ").append(status.getDescription());
        }
        if (status.getCause() != null) {
            text.append(" (").append(rootOf(status.getCause())).append(')');
        }
        text.setLength(Math.min(text.length(), MAX_LOGGED_CHARS));
        return CONTROL.matcher(text).replaceAll(" ");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; depth < MAX_CAUSES && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
