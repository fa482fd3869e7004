package dev.daveloper.grpc.documents;

import com.google.protobuf.ByteString;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.grpc.Times;
import dev.daveloper.proto.documents.v1.IngestMetadata;
import dev.daveloper.proto.documents.v1.IngestRequest;
import dev.daveloper.proto.documents.v1.IngestResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One document on its way to the service. The calling thread reads a chunk only when the transport can take it, so that
 * a service that does not read holds the source back and no more than a chunk is in memory beside the transport's own
 * window.
 */
final class UploadCall extends ClientCall.Listener<IngestResponse> {
    static final int CHUNK_BYTES = 64 << 10;

    private final ClientCall<IngestRequest, IngestResponse> call;
    private final long beginNanos;
    private final long stallNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private @Nullable IngestResponse response;
    private @Nullable StatusRuntimeException end;

    /** Belongs to the sending thread. */
    private boolean allSent;

    /**
     * @param begin for the service to be there
     * @param stall for the service to read on, or to answer
     */
    UploadCall(ClientCall<IngestRequest, IngestResponse> call, Duration begin, Duration stall) {
        this.call = call;
        this.beginNanos = Times.nanos(begin);
        this.stallNanos = Times.nanos(stall);
    }

    /**
     * Sends a document whole, and waits for the answer. Whatever is thrown, the call is cancelled.
     *
     * @throws IOException when reading the content throws it, as it came
     * @throws StatusRuntimeException when the service ends the call otherwise than with an answer
     */
    IngestResponse send(IngestMetadata document, InputStream content, Metadata metadata)
            throws IOException, InterruptedException {
        boolean answered = false;
        call.start(this, metadata);
        try {
            // One for the answer and one to notice a second.
            call.request(2);
            call.sendMessage(IngestRequest.newBuilder().setMetadata(document).build());
            sendAll(content);
            IngestResponse answer = awaitAnswer();
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                call.cancel("the document is not handed over any more", null);
            }
        }
    }

    /** Whether the service has the whole document: when the call fails, it may have accepted it all the same. */
    boolean isAllSent() {
        return allSent;
    }

    private void sendAll(InputStream content) throws IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK_BYTES];
        for (boolean ready = awaitReady(beginNanos); ready; ready = awaitReady(stallNanos)) {
            int read = content.read(buffer);
            if (read < 0) {
                allSent = true;
                call.halfClose();
                return;
            }
            if (read > 0) {
                call.sendMessage(IngestRequest.newBuilder()
                        .setChunk(ByteString.copyFrom(buffer, 0, read))
                        .build());
            }
        }
    }

    /** Waits until the transport takes more; answers false when the service has ended the call. */
    private boolean awaitReady(long patienceNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while (end == null && !call.isReady()) {
                requirePatience(left);
                left = changed.awaitNanos(left);
            }
            return end == null;
        } finally {
            lock.unlock();
        }
    }

    private IngestResponse awaitAnswer() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = stallNanos;
            while (end == null) {
                requirePatience(left);
                left = changed.awaitNanos(left);
            }
            if (!end.getStatus().isOk()) {
                throw end;
            }
            if (response == null || !allSent) {
                throw new DocumentsFailed(new IllegalStateException(
                        response == null ? "OK without an answer" : "an answer before the document's end"));
            }
            return response;
        } finally {
            lock.unlock();
        }
    }

    private static void requirePatience(long nanos) {
        if (nanos <= 0) {
            throw new DocumentsUnavailable(new IllegalStateException("the service does not read, or does not answer"));
        }
    }

    @Override
    public void onReady() {
        change(() -> {});
    }

    @Override
    public void onMessage(IngestResponse message) {
        change(() -> response = message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        change(() -> end = status.asRuntimeException(trailers));
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
