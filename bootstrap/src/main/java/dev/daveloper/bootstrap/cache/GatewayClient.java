package dev.daveloper.bootstrap.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * A running gateway, asked as its administrator. It follows no redirection, for the key is for this gateway alone. For
 * one conversation of one thread.
 */
final class GatewayClient implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    /** With TLS, whose beginnings take long on a busy machine. */
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

    /** More than any answer that is read whole. */
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final URI base;
    private final AdminKey key;
    private final SilenceWatch silence;

    /** @param maxSilence how long nothing may move */
    GatewayClient(URI base, AdminKey key, Duration maxSilence) {
        this.base = base;
        this.key = key;
        this.silence = SilenceWatch.start(maxSilence, http::shutdownNow);
    }

    /** What is sent. */
    record Sent(BodyPublisher body, String type) {}

    /** Something was sent or has come: it is not silent. */
    void moved() {
        silence.moved();
    }

    /**
     * Asks for something that does not need much to be asked for.
     *
     * @param type of the answer, without which it is none of a gateway
     */
    InputStream post(String path, Sent sent, String type) throws CacheCommandFailed, InterruptedException {
        return answer(request(path, sent).build(), type);
    }

    /** Sends much, and that only when the gateway is ready to read it: a wrong key is refused before. */
    InputStream send(String path, Sent sent, String type) throws CacheCommandFailed, InterruptedException {
        return answer(request(path, sent).expectContinue(true).build(), type);
    }

    /** All of a short answer. */
    JsonNode json(InputStream answer) throws CacheCommandFailed {
        try (answer) {
            return JSON.readTree(answer.readNBytes(MAX_ANSWER_BYTES));
        } catch (JsonProcessingException e) {
            throw new CacheCommandFailed("What answers at " + base + " is no gateway: it answers with no JSON.");
        } catch (IOException e) {
            throw new CacheCommandFailed(lost() + ".");
        }
    }

    /** That the conversation was broken off, as the beginning of a sentence. */
    String lost() {
        return silence.hasEnded()
                ? "Nothing came from " + base + " for " + silence.max().toSeconds() + " s"
                : "The connection to " + base + " was cut";
    }

    @Override
    public void close() {
        silence.close();
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path, Sent sent) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", key.authorization())
                .POST(sent.body());
        return sent.type().isEmpty() ? request : request.header("Content-Type", sent.type());
    }

    private InputStream answer(HttpRequest request, String type) throws CacheCommandFailed, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unanswered(e);
        }
        silence.moved();
        String found = typeOf(response);
        if (response.statusCode() == 200 && found.equals(type)) {
            return response.body();
        }
        throw found.equals("application/problem+json")
                ? refused(response.statusCode(), json(response.body()))
                : noGateway(response);
    }

    /** What it means that there was no answer. */
    CacheCommandFailed unanswered(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return new CacheCommandFailed("No connection to " + base + " comes about within "
                    + CONNECT_WITHIN.toSeconds() + " s: is the gateway running there, and is --url right?");
        }
        if (e instanceof ConnectException) {
            return new CacheCommandFailed(
                    "Nothing answers at " + base + ": is the gateway running there, and is --url right?");
        }
        if (e instanceof SSLException) {
            String trust = e instanceof SSLHandshakeException
                    ? " An authority of your own is trusted with"
                            + " DAVELOPER_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE."
                    : "";
            return new CacheCommandFailed(
                    "No secure connection to " + base + " comes about (" + Reasons.of(e) + ")." + trust);
        }
        return new CacheCommandFailed(
                e instanceof ProtocolException || e.getCause() instanceof ProtocolException
                        ? "What answers at " + base + " is no gateway: it does not speak HTTP."
                        : lost() + " before it answered (" + Reasons.of(e) + ").");
    }

    private static CacheCommandFailed refused(int status, JsonNode problem) {
        String detail = Optional.of(problem.path("detail").asText())
                .filter(text -> !text.isBlank())
                .orElse(problem.path("title").asText("It does not say why."));
        String whose = status == 401 || status == 403
                ? "The gateway does not take the admin key (" + status + "): "
                : "The gateway refuses (" + status + "): ";
        return new CacheCommandFailed(whose + Reasons.shown(detail));
    }

    private CacheCommandFailed noGateway(HttpResponse<InputStream> response) {
        String type = typeOf(response);
        String elsewhere = response.headers()
                .firstValue("Location")
                .map(location -> ", and points to " + Reasons.shown(location))
                .orElse("");
        return new CacheCommandFailed(
                "What answers at " + base + " is no gateway, or not one of this version: it answers "
                        + response.statusCode() + (type.isEmpty() ? "" : " with " + Reasons.shown(type)) + elsewhere
                        + ". Is --url right?");
    }

    private static String typeOf(HttpResponse<InputStream> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return parameters < 0 ? type : type.substring(0, parameters).strip();
    }
}
