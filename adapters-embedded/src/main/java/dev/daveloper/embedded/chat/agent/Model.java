package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.failures.AgentFailed;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.GatewayException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind an endpoint that speaks OpenAI's chat completions. Nothing is tried twice: whoever asked may ask
 * again. Safe for use by many threads.
 */
final class Model {
    private static final Logger LOG = LoggerFactory.getLogger(Model.class);
    private static final Duration USUAL_RETRY_AFTER = Duration.ofSeconds(2);

    /** However long the endpoint asks us to wait, somebody tries again after this. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final OpenAiStreamingChatModel client;
    private final AtomicLong restsUntilNanos = new AtomicLong(System.nanoTime());

    Model(OpenAiConfig config, java.net.http.HttpClient http) {
        client = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new Given(new InterruptibleHttp(http)))
                .baseUrl(config.baseUrl().toString())
                .apiKey(config.apiKey().isEmpty() ? "none" : config.apiKey())
                .modelName(config.model())
                .returnThinking(true)
                .build();
    }

    /**
     * Asks once, passing text and reasoning on as they come.
     *
     * @param said whether the answer has had events before
     * @throws AgentUnavailable when nothing had come and the same may succeed later
     * @throws AgentFailed when the endpoint refused, broke off or made no sense
     */
    ChatResponse ask(ChatRequest request, CitedText text, Sink sink, boolean said) throws InterruptedException {
        Turn turn = new Turn(text, sink);
        client.chat(request, turn);
        if (turn.interrupted || Thread.interrupted()) {
            throw new InterruptedException("the answer is no longer wanted");
        }
        Throwable error = turn.error;
        if (error != null) {
            throw failure(error, said || turn.said);
        }
        ChatResponse response = turn.response;
        // Without a reason to finish, the stream was cut and what came is not the whole answer.
        if (response == null || response.finishReason() == null) {
            throw new AgentFailed();
        }
        restsUntilNanos.set(System.nanoTime());
        return response;
    }

    /** How long the endpoint is known to be of no use. */
    Optional<Duration> restsFor() {
        long left = restsUntilNanos.get() - System.nanoTime();
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    private GatewayException failure(Throwable error, boolean said) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof EndpointRefusal refusal) {
                LOG.warn("The model's endpoint answered with status {}", refusal.statusCode());
                return refusal.passes() && !said ? unavailable(refusal.retryAfter()) : new AgentFailed();
            }
            if (cause instanceof IOException && !(cause instanceof JsonProcessingException)) {
                LOG.warn("The model's endpoint was lost: {}", cause.getClass().getSimpleName());
                return said ? new AgentFailed() : unavailable(Optional.empty());
            }
        }
        LOG.warn("The model's endpoint made no sense: {}", error.getClass().getSimpleName());
        return new AgentFailed();
    }

    private AgentUnavailable unavailable(Optional<Duration> asked) {
        Duration retryAfter = asked.orElse(USUAL_RETRY_AFTER);
        Duration rest = retryAfter.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : retryAfter;
        restsUntilNanos.set(System.nanoTime() + rest.toNanos());
        return new AgentUnavailable(retryAfter);
    }

    /** Called by the client library on the thread that asks; for that thread only. */
    private static final class Turn implements StreamingChatResponseHandler {
        private final CitedText text;
        private final Sink sink;
        private @Nullable ChatResponse response;
        private @Nullable Throwable error;
        private boolean said;
        private boolean interrupted;

        Turn(CitedText text, Sink sink) {
            this.text = text;
            this.sink = sink;
        }

        @Override
        public void onPartialResponse(String partialResponse) {
            if (!partialResponse.isEmpty()) {
                pass(() -> text.emit(partialResponse));
            }
        }

        @Override
        public void onPartialThinking(PartialThinking partialThinking) {
            pass(() -> sink.emit(new AgentEvent.ReasoningDelta(partialThinking.text())));
        }

        @Override
        public void onCompleteResponse(ChatResponse completeResponse) {
            response = completeResponse;
        }

        @Override
        public void onError(Throwable thrown) {
            error = error == null ? thrown : error;
        }

        private void pass(Emission emission) {
            if (interrupted) {
                return;
            }
            try {
                emission.run();
                said = true;
            } catch (InterruptedException e) {
                // The library would swallow it; the flag makes the next read of the response fail.
                interrupted = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    @FunctionalInterface
    private interface Emission {
        void run() throws InterruptedException;
    }

    /** Hands the library the client that is there already; its timeouts are the answer's budget. */
    private record Given(HttpClient client) implements HttpClientBuilder {
        @Override
        public @Nullable Duration connectTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public @Nullable Duration readTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
