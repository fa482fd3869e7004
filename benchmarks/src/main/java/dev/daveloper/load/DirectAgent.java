package dev.daveloper.load;

import com.google.protobuf.Timestamp;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.chat.MessageId;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.proto.agent.v1.AgentServiceGrpc;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.ChatResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The agent asked over gRPC without a gateway: what comes is looked at by the thread that read it, which is as fast as
 * gRPC can be.
 */
final class DirectAgent implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final long CLOSE_SECONDS = 5;
    private static final long PATIENCE_SECONDS = 120;

    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());
    private final ManagedChannel channel;
    private final AgentServiceGrpc.AgentServiceStub stub;

    DirectAgent(int port) throws InterruptedException {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .flowControlWindow(WINDOW_BYTES)
                .build();
        stub = AgentServiceGrpc.newStub(channel);
        // The first call connects.
        Answer first = ask("1 0 0", new Moments(1), () -> {}, () -> {});
        first.await();
    }

    /**
     * Asks, and returns at once.
     *
     * @param ages of the words
     * @param onFirst after the first word
     * @param onEnd after the good ending
     */
    Answer ask(String message, Moments ages, Runnable onFirst, Runnable onEnd) {
        Instant now = Instant.now();
        ChatRequest request = ChatRequest.newBuilder()
                .setSessionId(SessionId.next(ids).value())
                .setRunId(RunId.next(ids).value())
                .setUserMessageId(MessageId.next(ids).value())
                .setMessageId(MessageId.next(ids).value())
                .setMessage(message)
                .setUseTools(true)
                .setStartedAt(
                        Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
                .build();
        Answer answer = new Answer(ages, onFirst, onEnd);
        stub.chat(request, answer);
        return answer;
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** One answer under way. */
    static final class Answer implements StreamObserver<ChatResponse> {
        private final Moments ages;
        private final Runnable onFirst;
        private final Runnable onEnd;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private int words;

        Answer(Moments ages, Runnable onFirst, Runnable onEnd) {
            this.ages = ages;
            this.onFirst = onFirst;
            this.onEnd = onEnd;
        }

        @Override
        public void onNext(ChatResponse response) {
            if (words == 0) {
                onFirst.run();
            }
            words += Words.age(response.getTextDelta().getText(), ages);
        }

        @Override
        public void onError(Throwable error) {
            failure.set(error);
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            onEnd.run();
            ended.countDown();
        }

        /** How many words came. */
        int await() throws InterruptedException {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no ending within " + PATIENCE_SECONDS + " s");
            }
            if (failure.get() != null) {
                throw new IllegalStateException("an answer failed", failure.get());
            }
            return words;
        }
    }
}
