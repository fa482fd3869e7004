package dev.daveloper.bootstrap.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * A running gateway, asked as its administrator. It follows no redirection, for the key is for this gateway alone. For
 * one conversation of one thread.
 */
public final class GatewayClient implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();

    /** With TLS, whose beginnings take long on a busy machine. */
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

    /** More than any answer that is read whole; the longest is the list of the webhooks. */
    private static final int MAX_ANSWER_BYTES = 4 << 20;

    private static final String JSON_TYPE = "application/json";
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN)
            .build();
    private final GatewayAddress base;
    private final AdminKey key;
    private final SilenceWatch silence;

    /** @param maxSilence how long nothing may move */
    public GatewayClient(GatewayAddress base, AdminKey key, Duration maxSilence) {
        this.base = base;
        this.key = key;
        this.silence = SilenceWatch.start(maxSilence, http::shutdownNow);
    }

    /** What is sent. */
    public record Sent(BodyPublisher body, String type) {}

    /** Something was sent or has come: it is not silent. */
    public void moved() {
        silence.moved();
    }

    /**
     * Asks for something that does not need much to be asked for.
     *
     * @param type of the answer, without which it is none of a gateway
     */
    public InputStream post(String path, Sent sent, String type) throws CommandFailed, InterruptedException {
        return answer(request(path, sent).build(), OK, type);
    }

    /** Sends much, and that only when the gateway is ready to read it: a wrong key is refused before. */
    public InputStream send(String path, Sent sent, String type) throws CommandFailed, InterruptedException {
        return answer(request(path, sent).expectContinue(true).build(), OK, type);
    }

    /** What there is. */
    public JsonNode get(String path) throws CommandFailed, InterruptedException {
        return json(answer(request(path).GET().build(), OK, JSON_TYPE));
    }

    /** Has something made of this JSON, and returns it as it was made. */
    public JsonNode create(String path, JsonNode wish) throws CommandFailed, InterruptedException {
        Sent sent = new Sent(BodyPublishers.ofString(wish.toString()), JSON_TYPE);
        return json(answer(request(path, sent).build(), CREATED, JSON_TYPE));
    }

    /** Removes something that is there. */
    public void delete(String path) throws CommandFailed, InterruptedException {
        try (InputStream nothing = answer(request(path).DELETE().build(), NO_CONTENT, "")) {
            nothing.readNBytes(1);
        } catch (IOException e) {
            throw new CommandFailed(lost() + ".");
        }
    }

    /** All of a short answer. */
    public JsonNode json(InputStream answer) throws CommandFailed {
        try (answer) {
            return JSON.readTree(answer.readNBytes(MAX_ANSWER_BYTES));
        } catch (JsonProcessingException e) {
            throw new CommandFailed("What answers at " + base + " is no gateway: it answers with no JSON.");
        } catch (IOException e) {
            throw new CommandFailed(lost() + ".");
        }
    }

    /** That the conversation was broken off, as the beginning of a sentence. */
    public String lost() {
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
        HttpRequest.Builder request = request(path).POST(sent.body());
        return sent.type().isEmpty() ? request : request.header("Content-Type", sent.type());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.at(path)).header("Authorization", key.authorization());
    }

    /** @param type of the answer; empty where it has no body */
    private InputStream answer(HttpRequest request, int status, String type)
            throws CommandFailed, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unanswered(e);
        }
        silence.moved();
        String found = typeOf(response);
        if (response.statusCode() == status && (type.isEmpty() || found.equals(type))) {
            return response.body();
        }
        throw found.equals("application/problem+json")
                ? Refused.by(response.statusCode(), json(response.body()))
                : noGateway(response);
    }

    /** What it means that there was no answer. */
    CommandFailed unanswered(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return new CommandFailed("No connection to " + base + " comes about within " + CONNECT_WITHIN.toSeconds()
                    + " s: is the gateway running there, and is --" + base.option() + " right?");
        }
        if (e instanceof ConnectException) {
            return new CommandFailed("Nothing answers at " + base + ": is the gateway running there, and is --"
                    + base.option() + " right?");
        }
        if (e instanceof SSLException) {
            String trust = e instanceof SSLHandshakeException
                    ? " An authority of your own is trusted with"
                            + " DAVELOPER_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE."
                    : "";
            return new CommandFailed(
                    "No secure connection to " + base + " comes about (" + Reasons.of(e) + ")." + trust);
        }
        return new CommandFailed(
                e instanceof ProtocolException || e.getCause() instanceof ProtocolException
                        ? "What answers at " + base + " is no gateway: it does not speak HTTP."
                        : lost() + " before it answered (" + Reasons.of(e) + ").");
    }

    private CommandFailed noGateway(HttpResponse<InputStream> response) {
        String type = typeOf(response);
        String elsewhere = response.headers()
                .firstValue("Location")
                .map(location -> ", and points to " + Reasons.shown(location))
                .orElse("");
        return new CommandFailed("What answers at " + base + " is no gateway, or not one of this version: it answers "
                + response.statusCode() + (type.isEmpty() ? "" : " with " + Reasons.shown(type)) + elsewhere
                + ". Is --" + base.option() + " right?");
    }

    private static String typeOf(HttpResponse<InputStream> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return parameters < 0 ? type : type.substring(0, parameters).strip();
    }
}
