package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.AgentStream;
import dev.daveloper.domain.chat.AgentStep;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A stream that is quiet until the real one is there, which is opened in a thread of its own: finding out which one it
 * is may take a while, and whoever pulls has no time for that. Closed before that, it closes the real one as well.
 */
final class OpeningStream implements AgentStream {
    /** Empty when it was closed first. */
    private final CompletableFuture<Optional<AgentStream>> opening = new CompletableFuture<>();
    /** Of the pulling thread alone. */
    private boolean failed;

    private OpeningStream() {}

    static OpeningStream of(String name, Supplier<AgentStream> real) {
        OpeningStream stream = new OpeningStream();
        Thread.ofVirtual().name(name).start(() -> stream.open(real));
        return stream;
    }

    private void open(Supplier<AgentStream> real) {
        if (opening.isDone()) {
            return;
        }
        try {
            AgentStream opened = real.get();
            if (!opening.complete(Optional.of(opened))) {
                opened.close();
            }
        } catch (RuntimeException e) {
            opening.completeExceptionally(e);
        }
    }

    @Override
    public AgentStep next(Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        try {
            Optional<AgentStream> opened = opening.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            Duration left = patience.minusNanos(System.nanoTime() - start);
            return opened.isEmpty()
                    ? AgentStep.Ended.ENDED
                    : opened.get().next(left.isNegative() ? Duration.ZERO : left);
        } catch (TimeoutException e) {
            return AgentStep.Quiet.QUIET;
        } catch (ExecutionException e) {
            if (!failed && e.getCause() instanceof RuntimeException cause) {
                failed = true;
                throw cause;
            }
            return AgentStep.Ended.ENDED;
        }
    }

    @Override
    public boolean isCached() {
        return opened().map(AgentStream::isCached).orElse(false);
    }

    @Override
    public void close() {
        if (!opening.complete(Optional.empty())) {
            opened().ifPresent(AgentStream::close);
        }
    }

    private Optional<AgentStream> opened() {
        return opening.isCompletedExceptionally() ? Optional.empty() : opening.getNow(Optional.empty());
    }
}
