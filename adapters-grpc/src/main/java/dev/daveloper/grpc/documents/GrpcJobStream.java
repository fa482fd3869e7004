package dev.daveloper.grpc.documents;

import dev.daveloper.application.documents.out.JobStream;
import dev.daveloper.domain.documents.IngestionJob;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.grpc.ServiceCalls;
import dev.daveloper.grpc.Times;
import dev.daveloper.proto.documents.v1.DocumentServiceGrpc;
import dev.daveloper.proto.documents.v1.Job;
import dev.daveloper.proto.documents.v1.WatchJobRequest;
import dev.daveloper.proto.documents.v1.WatchJobResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A job followed over gRPC. Only the newest of what came is kept until it is pulled. A call that reaches its deadline
 * with the job alive is followed by another; people do not notice.
 */
final class GrpcJobStream implements JobStream {
    private final ServiceCalls calls;
    private final DocumentCallSettings settings;
    private final WatchJobRequest request;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private Watch watch;
    private boolean over;
    private @Nullable IngestionJob last;

    private GrpcJobStream(ServiceCalls calls, DocumentCallSettings settings, JobId job) {
        this.calls = calls;
        this.settings = settings;
        this.request = WatchJobRequest.newBuilder().setJobId(job.value()).build();
        this.watch = new Watch();
    }

    /** Asks, and returns at once. */
    static GrpcJobStream follow(ServiceCalls calls, DocumentCallSettings settings, JobId job) {
        GrpcJobStream stream = new GrpcJobStream(calls, settings, job);
        stream.lock.lock();
        try {
            stream.watch.start();
        } finally {
            stream.lock.unlock();
        }
        return stream;
    }

    @Override
    public JobStep next(Duration patience) throws InterruptedException {
        long left = Times.nanos(patience);
        lock.lockInterruptibly();
        try {
            while (!over) {
                IngestionJob job = watch.take();
                if (job != null) {
                    return changed(job);
                }
                watch.requireAlive();
                if (over) {
                    return JobStep.Ended.ENDED;
                }
                if (left <= 0) {
                    return JobStep.Quiet.QUIET;
                }
                long patient = Math.min(left, watch.patienceNanos());
                left -= patient - changed.awaitNanos(patient);
            }
            return JobStep.Ended.ENDED;
        } catch (GatewayException e) {
            end();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private JobStep changed(IngestionJob job) {
        last = job;
        if (job.isOver()) {
            end();
        }
        return new JobStep.Changed(job);
    }

    private void end() {
        over = true;
        watch.cancel();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            end();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One call. Everything is guarded by the stream's lock. */
    private final class Watch extends ClientCall.Listener<WatchJobResponse> {
        private final ClientCall<WatchJobRequest, WatchJobResponse> call =
                calls.open(DocumentServiceGrpc.getWatchJobMethod(), settings.watchTimeout());
        private final long firstBy = System.nanoTime() + Times.nanos(settings.callTimeout());
        private boolean heard;
        private @Nullable Job newest;
        private @Nullable StatusRuntimeException ended;

        void start() {
            call.start(this, calls.metadata(request.getJobId()));
            call.request(1);
            call.sendMessage(request);
            call.halfClose();
        }

        void cancel() {
            call.cancel("the job is not followed any more", null);
        }

        /** The newest that has come and tells something new. */
        @Nullable
        IngestionJob take() {
            Job job = newest;
            newest = null;
            if (job == null) {
                return null;
            }
            IngestionJob read = Answers.required(() -> DocumentReader.job(job));
            return read.equals(last) ? null : read;
        }

        /** Whether more may come; makes it so where the call has only run out of time. */
        void requireAlive() {
            StatusRuntimeException end = ended;
            if (end == null) {
                if (!heard && System.nanoTime() - firstBy >= 0) {
                    throw new DocumentsUnavailable(new IllegalStateException("no word of the job"));
                }
                return;
            }
            switch (end.getStatus().getCode()) {
                case OK, NOT_FOUND -> over = true;
                case DEADLINE_EXCEEDED -> followOn(end);
                default -> throw Answers.failure(end);
            }
        }

        private void followOn(StatusRuntimeException end) {
            if (!heard) {
                throw Answers.failure(end);
            }
            watch = new Watch();
            watch.start();
        }

        long patienceNanos() {
            return heard ? Long.MAX_VALUE : Math.max(1, firstBy - System.nanoTime());
        }

        @Override
        public void onMessage(WatchJobResponse message) {
            change(() -> {
                heard = true;
                newest = message.getJob();
            });
            call.request(1);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            change(() -> ended = status.asRuntimeException(trailers));
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
}
