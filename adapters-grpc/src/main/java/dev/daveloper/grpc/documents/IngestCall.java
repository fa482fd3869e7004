package dev.daveloper.grpc.documents;

import dev.daveloper.application.documents.out.DocumentService;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.NewDocument;
import dev.daveloper.domain.failures.DocumentRefused;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.grpc.CallSlot;
import dev.daveloper.proto.documents.v1.IngestRequest;
import dev.daveloper.proto.documents.v1.IngestResponse;
import dev.daveloper.proto.documents.v1.MediaKind;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One document that a caller hands over. The transport's thread puts what comes into {@link Chunks}; a virtual thread
 * of its own has the service read them. A caller that leaves, or breaks the contract, makes the reading fail, and what
 * was accepted already is forgotten again.
 */
final class IngestCall implements StreamObserver<IngestRequest>, Runnable {
    private static final int MAX_CHUNK_BYTES = 256 << 10;

    private final DocumentService service;
    private final ServerCallStreamObserver<IngestResponse> caller;
    private final Runnable whenDone;
    private final Chunks chunks;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile @Nullable CallSlot slot;
    private volatile @Nullable Accepted accepted;
    private volatile boolean left;

    /** Belongs to the transport's thread. */
    private @Nullable NewDocument document;

    /** @param whenDone the document's place among those handed over at once is free again */
    IngestCall(DocumentService service, ServerCallStreamObserver<IngestResponse> caller, Runnable whenDone) {
        this.service = service;
        this.caller = caller;
        this.whenDone = whenDone;
        this.chunks = new Chunks(() -> caller.request(1));
    }

    /** Begins to hear the caller, who has this place. */
    void begin(CallSlot taken) {
        slot = taken;
        caller.request(1);
    }

    @Override
    public void onNext(IngestRequest request) {
        switch (request.getPartCase()) {
            case METADATA -> begin(request);
            case CHUNK -> {
                if (document == null) {
                    reject("the metadata must come before the first chunk");
                } else if (request.getChunk().size() > MAX_CHUNK_BYTES) {
                    reject("a chunk may have at most " + MAX_CHUNK_BYTES + " bytes, not "
                            + request.getChunk().size());
                } else {
                    chunks.add(request.getChunk());
                }
            }
            case PART_NOT_SET -> caller.request(1);
        }
    }

    private void begin(IngestRequest request) {
        if (document != null) {
            reject("the metadata must come once");
            return;
        }
        if (request.getMetadata().getKind() == MediaKind.UNRECOGNIZED) {
            refuse(new DocumentRefused(
                    FailureCode.DOCUMENT_TYPE_NOT_ALLOWED, "Documents of this kind are not known here."));
            return;
        }
        try {
            document = DocumentReader.newDocument(request.getMetadata());
        } catch (InvalidValue | InvalidRequest e) {
            reject(e.detail());
            return;
        }
        running.set(true);
        Thread.ofVirtual().name("grpc-ingest").start(this);
        caller.request(Chunks.LEAD);
    }

    @Override
    public void onCompleted() {
        if (document == null) {
            reject("the metadata must come first");
        } else {
            chunks.end();
        }
    }

    /** The caller is gone; so says {@link #leave}. */
    @Override
    public void onError(Throwable failure) {
        leave();
    }

    /** The caller left before it had the answer. */
    void leave() {
        left = true;
        chunks.fail("the sender left");
        forget();
        if (!running.get()) {
            done();
        }
    }

    private void reject(String why) {
        refuse(Statuses.invalid(why));
    }

    private void refuse(RuntimeException why) {
        tell(Statuses.of(why));
        chunks.fail("the caller broke the contract");
        if (!running.get()) {
            done();
        }
    }

    @Override
    public void run() {
        try {
            Accepted taken = service.ingest(Objects.requireNonNull(document), chunks);
            accepted = taken;
            if (!left && answered.compareAndSet(false, true)) {
                caller.onNext(IngestResponse.newBuilder()
                        .setJob(DocumentWriter.write(taken.job()))
                        .setDuplicate(taken.duplicate())
                        .build());
                caller.onCompleted();
            } else {
                forget();
            }
        } catch (IOException | InterruptedException e) {
            tell(Status.UNAVAILABLE
                    .withDescription("The document was not read to its end.")
                    .asRuntimeException());
        } catch (RuntimeException e) {
            tell(Statuses.of(e));
        } finally {
            chunks.fail("the call is over");
            done();
        }
    }

    private void forget() {
        Accepted taken = accepted;
        if (taken != null && !taken.duplicate()) {
            boolean unused = service.delete(taken.job().ticket().documentId());
        }
    }

    private void tell(StatusRuntimeException status) {
        if (answered.compareAndSet(false, true) && !caller.isCancelled()) {
            caller.onError(status);
        }
    }

    private void done() {
        CallSlot taken = slot;
        slot = null;
        if (taken != null) {
            whenDone.run();
            taken.done();
        }
    }
}
