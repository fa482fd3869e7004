package dev.daveloper.grpc.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AgentStep;
import dev.daveloper.grpc.StatusDetails;
import dev.daveloper.grpc.Times;
import dev.daveloper.proto.agent.v1.ChatRequest;
import dev.daveloper.proto.agent.v1.ChatResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer on its way over gRPC. The transport puts what comes into a small queue; the puller takes from it, and
 * every few takes asks for as many more, so that no more than {@link #LEAD_EVENTS} are ever asked for and not yet
 * taken.
 */
final class GrpcAnswer extends ClientCall.Listener<ChatResponse> implements AgentStream {
    /** Events that may have come and not been taken. */
    static final int LEAD_EVENTS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(GrpcAnswer.class);

    /** Asking for one event at a time would wake the transport's thread for each. */
    private static final int REFILL_EVENTS = LEAD_EVENTS / 2;

    private final ClientCall<ChatRequest, ChatResponse> call;
    private final EventReader reader;
    /** Room for the lead and the end: what the transport offers always fits, until the answer is closed. */
    private final BlockingQueue<Object> arrived = new ArrayBlockingQueue<>(LEAD_EVENTS + 1);

    private volatile boolean closed;

    // What follows belongs to the pulling thread.
    private int taken;
    private boolean delivered;
    private boolean over;

    private GrpcAnswer(ClientCall<ChatRequest, ChatResponse> call, String runId) {
        this.call = call;
        this.reader = new EventReader(runId);
    }

    /** Asks, and returns at once. */
    static GrpcAnswer ask(ClientCall<ChatRequest, ChatResponse> call, ChatRequest request, Metadata metadata) {
        GrpcAnswer answer = new GrpcAnswer(call, request.getRunId());
        call.start(answer, metadata);
        call.request(LEAD_EVENTS);
        call.sendMessage(request);
        call.halfClose();
        return answer;
    }

    @Override
    public AgentStep next(Duration patience) throws InterruptedException {
        long patienceNanos = Times.nanos(patience);
        long start = System.nanoTime();
        while (!closed && !over) {
            Object arrival = arrived.poll();
            if (arrival == null) {
                arrival = arrived.poll(patienceNanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            }
            if (arrival == null) {
                return closed ? AgentStep.Ended.ENDED : AgentStep.Quiet.QUIET;
            }
            AgentEvent event = take(arrival);
            if (event != null) {
                return event;
            }
        }
        return AgentStep.Ended.ENDED;
    }

    private @Nullable AgentEvent take(Object arrival) {
        if (arrival instanceof ChatResponse response) {
            askForMore();
            AgentEvent event = reader.read(response);
            delivered |= event != null;
            return event;
        }
        over = true;
        if (arrival instanceof End end && !end.status.isOk() && !closed) {
            // Nobody else keeps the agent's own words.
            LOG.warn("{}: the agent's call ended with {}", reader.runId(), StatusDetails.describe(end.status));
            throw Statuses.failure(end.status, end.trailers, delivered);
        }
        return null;
    }

    private void askForMore() {
        if (++taken == REFILL_EVENTS) {
            taken = 0;
            call.request(REFILL_EVENTS);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            call.cancel("the answer is no longer wanted", null);
            // Wakes a waiting puller. When the queue is full nobody waits.
            boolean unused = arrived.offer(Closed.CLOSED);
        }
    }

    @Override
    public void onMessage(ChatResponse message) {
        offer(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        offer(new End(status, trailers));
    }

    private void offer(Object arrival) {
        if (!arrived.offer(arrival) && !closed) {
            throw new IllegalStateException("more events came than were asked for");
        }
    }

    private record End(Status status, Metadata trailers) {}

    private enum Closed {
        CLOSED
    }
}
