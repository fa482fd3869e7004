package dev.daveloper.http.graphql;

import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.application.sessions.in.Sessions;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.domain.sessions.SessionToken;
import dev.daveloper.http.GraphListener.Transport;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.sockets.CloseCode;
import dev.daveloper.http.sockets.OpenSocket;
import dev.daveloper.http.sockets.Opening;
import dev.daveloper.http.sockets.SocketGate;
import dev.daveloper.http.sockets.SocketWriter;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The operations of one WebSocket, each with a virtual thread of its own. Safe for use by many threads. */
final class SocketOperations implements AutoCloseable {
    /** An operation with nothing to say looks around this often; heartbeats are the socket's own affair. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What an operation needs to leave its place, when its client has its last message already. */
    private static final Duration LEAVING = Duration.ofMillis(100);

    private final GraphEngine engine;
    private final Sessions sessions;
    private final JsonCodec json;
    private final Tracer tracer;
    private final OpenSocket socket;
    private final SocketWriter writer;
    private final Opening opening;
    private final SocketGate gate;
    private final Occasion occasion;
    /** Taken until an operation's last message is out. */
    private final Semaphore places;

    private final Map<String, Thread> threads = new HashMap<>();
    private Optional<SessionToken> token = Optional.empty();
    private boolean open;
    private boolean closed;

    SocketOperations(
            GraphEngine engine,
            HttpParts parts,
            OpenSocket socket,
            SocketWriter writer,
            Opening opening,
            SocketGate gate) {
        this.engine = engine;
        this.sessions = parts.ports().sessions();
        this.json = parts.json();
        this.tracer = parts.ports().tracer();
        this.socket = socket;
        this.writer = writer;
        this.opening = opening;
        this.gate = gate;
        this.occasion = Occasion.ofSocket(opening.span().context().traceId(), GraphRoutes.PATH);
        this.places = new Semaphore(parts.config().limits().maxFollowsPerSocket());
    }

    /** Operations may begin, on behalf of whoever this token proves. */
    synchronized void open(Optional<SessionToken> proved) {
        token = proved;
        open = true;
    }

    synchronized boolean isOpen() {
        return open;
    }

    /**
     * Begins an operation; answers false when one of this id goes on. For the thread that reads the socket, which tells
     * by itself of one too many: whoever does not read what is told cannot have more and more of it made.
     */
    boolean begin(String id, GraphRequest request) throws InterruptedException {
        if (goesOn(id)) {
            return false;
        }
        if (places.tryAcquire(LEAVING.toNanos(), TimeUnit.NANOSECONDS)) {
            start(id, request);
        } else {
            fail(id, engine.failed(AtCapacity.viewers(), occasion));
        }
        return true;
    }

    private synchronized boolean goesOn(String id) {
        return threads.containsKey(id);
    }

    private synchronized void start(String id, GraphRequest request) {
        if (closed) {
            places.release();
        } else {
            threads.put(id, Thread.ofVirtual().name("graphql-operation").start(() -> run(id, request)));
        }
    }

    /** Its client wants no more of it. */
    synchronized void end(String id) {
        Thread thread = threads.remove(id);
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.values().forEach(Thread::interrupt);
    }

    private void run(String id, GraphRequest request) {
        try (Results results = results(request)) {
            boolean more = true;
            while (more) {
                more = tell(id, results.next(PATIENCE));
            }
        } catch (InterruptedException e) {
            // The client wants no more of it, or the socket is closed: this thread ends.
        } finally {
            forget(id);
            places.release();
        }
    }

    /** A part of the trace that the socket was opened in. */
    private Results results(GraphRequest request) throws InterruptedException {
        Tracer.Scope scope = tracer.enter(opening.span());
        try {
            return begin(request);
        } catch (RuntimeException e) {
            return Results.of(engine.failed(e, occasion));
        } finally {
            scope.close();
        }
    }

    private Results begin(GraphRequest request) throws InterruptedException {
        Optional<SessionToken> shown = tokenOfSocket();
        Optional<Session> session = shown.flatMap(sessions::authenticate);
        if (shown.isPresent() && session.isEmpty()) {
            socket.close(CloseCode.SESSION_ENDED);
            throw new SessionRequired();
        }
        return switch (engine.judge(request, Transport.WEBSOCKET)) {
            case GraphEngine.Refused refused -> {
                gate.enter(session.map(Session::id), Call.Amount.ONE).close();
                yield engine.of(refused);
            }
            case GraphEngine.Ready ready -> {
                Call.Amount amount = Call.Amount.ofComplexity(ready.weight());
                try (Admission admission = gate.enter(session.map(Session::id), amount)) {
                    SocketAsker.Proof proof = new SocketAsker.Proof(shown, session);
                    yield engine.begin(
                            ready, new SocketAsker(sessions, gate, opening.from(), occasion, admission, proof));
                }
            }
        };
    }

    private synchronized Optional<SessionToken> tokenOfSocket() {
        return token;
    }

    /** Whether there may be more to tell, and somebody to tell it to. */
    private boolean tell(String id, Results.Pulled pulled) throws InterruptedException {
        return switch (pulled) {
            case Results.Next given -> tell(id, given);
            case Results.Quiet quiet -> true;
            case Results.Ended ended -> complete(id);
        };
    }

    private boolean tell(String id, Results.Next given) throws InterruptedException {
        ExecutionResult result = given.result();
        if (!result.isDataPresent()) {
            if (forget(id)) {
                fail(id, result);
            }
            return false;
        }
        boolean told = writer.send(json.text(new Said(id, "next", result.toSpecification())));
        return told && (!given.last() || complete(id));
    }

    private void fail(String id, ExecutionResult result) throws InterruptedException {
        List<Map<String, Object>> errors =
                result.getErrors().stream().map(GraphQLError::toSpecification).toList();
        writer.send(json.text(new Said(id, "error", errors)));
    }

    /** The id is free before its client can know. */
    private boolean complete(String id) throws InterruptedException {
        if (forget(id)) {
            writer.send(json.text(new Over(id, "complete")));
        }
        return false;
    }

    /** Forgets the calling thread's operation; a later one of the same id stays. */
    private synchronized boolean forget(String id) {
        return threads.remove(id, Thread.currentThread());
    }

    private record Said(String id, String type, Object payload) {}

    private record Over(String id, String type) {}
}
