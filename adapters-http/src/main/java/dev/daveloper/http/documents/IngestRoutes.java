package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.Upload;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.AtCapacity;
import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.UploadLimits;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.failures.Problems.Told;
import dev.daveloper.http.failures.Refusal;
import dev.daveloper.http.failures.TransportFailure;
import dev.daveloper.http.jetty.Connections;
import dev.daveloper.http.ratelimits.Counted;
import dev.daveloper.http.ratelimits.Gate;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.Requests;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes documents in as they come; none of them is ever held here. */
final class IngestRoutes {
    static final String PATH = "/documents/ingest";

    private static final Logger LOG = LoggerFactory.getLogger(IngestRoutes.class);

    private final Documents documents;
    private final Gate gate;
    private final Requests requests;
    private final UploadAnswers answers;
    private final Problems problems;
    private final UploadLimits limits;
    private final UploadPlaces places;

    IngestRoutes(
            Documents documents,
            Gate gate,
            Requests requests,
            UploadAnswers answers,
            Problems problems,
            UploadLimits limits) {
        this.documents = documents;
        this.gate = gate;
        this.requests = requests;
        this.answers = answers;
        this.problems = problems;
        this.limits = limits;
        this.places = new UploadPlaces(limits);
    }

    void register(RoutesConfig routes, String prefix) {
        routes.post(prefix + PATH, ctx -> ingest(ctx, prefix), Input.READ, Counted.BY_ITSELF);
    }

    private void ingest(Context ctx, String prefix) throws IOException {
        UploadBody body = new UploadBody(ctx.req(), limits);
        Outcomes outcomes = new Outcomes();
        try (UploadPlaces.Place place = places.take()) {
            Told cut = receive(ctx, body, outcomes, place);
            if (body.isBroken() && !body.isSilent()) {
                leave(ctx);
                return;
            }
            outcomes.onlyJob().ifPresent(job -> ctx.res().setHeader("Location", prefix + "/documents/status/" + job));
            answers.send(ctx, body, outcomes.answer(cut), cut != null);
        } catch (Refusal busy) {
            answers.send(ctx, body, outcomes.answer(tell(ctx, busy)), true);
        }
    }

    /** Takes the files one by one; answers why it stopped, or null when it came to the end. */
    private @Nullable Told receive(Context ctx, UploadBody body, Outcomes outcomes, UploadPlaces.Place place) {
        try {
            Gate.Owned owned = gate.enterAsOwner(ctx, Call.Amount.ofBytes(body.announced()));
            try {
                return receive(ctx, body, outcomes, place, owned.owner());
            } finally {
                owned.admission().cameBytes(body.bytes());
            }
        } catch (IOException e) {
            return tell(ctx, body.refusal().map(RuntimeException.class::cast).orElseGet(IngestRoutes::silent));
        } catch (InterruptedException e) {
            // The flag stays clear: the response is still to be completed.
            return tell(ctx, AtCapacity.shuttingDown());
        } catch (RuntimeException e) {
            return tell(ctx, e);
        }
    }

    private @Nullable Told receive(
            Context ctx, UploadBody body, Outcomes outcomes, UploadPlaces.Place place, Scope owner)
            throws IOException, InterruptedException {
        requests.refuseQuery(ctx.req());
        MultipartFiles files = new MultipartFiles(ctx.req(), body, limits);
        body.requireLengthWithinBounds();
        place.belongTo(owner);
        Optional<MultipartFiles.Part> file = files.next();
        while (file.isPresent()) {
            take(ctx, owner, file.get(), body, outcomes);
            file = files.next();
        }
        return outcomes.isEmpty() ? tell(ctx, nothingSent()) : null;
    }

    private void take(Context ctx, Scope owner, MultipartFiles.Part file, UploadBody body, Outcomes outcomes)
            throws IOException, InterruptedException {
        body.wanted(true);
        try {
            requireName(file.name());
            outcomes.taken(documents.ingest(owner, new Upload(file.name(), file.declaredType(), file.content())));
        } catch (IOException e) {
            if (body.isBroken() || body.refusal().isPresent()) {
                throw e;
            }
            throw MultipartFiles.isDamage(e) ? MultipartFiles.damaged() : new DocumentsFailed(e);
        } catch (GatewayException e) {
            outcomes.refused(file.name(), tell(ctx, e));
        }
    }

    private void requireName(String name) {
        if (name.length() > limits.maxNameChars()) {
            throw new InvalidRequest(
                    "#/file", "A file's name may have at most " + limits.maxNameChars() + " characters.");
        }
    }

    private static InvalidRequest nothingSent() {
        return new InvalidRequest("#/file", "Send at least one part that has a file name.");
    }

    private static RuntimeException silent() {
        return new Refusal(
                TransportFailure.REQUEST_TIMEOUT, "The upload stood still for too long, or came too slowly.");
    }

    /** Whoever left hears no answer, and one that only stopped sending must not take silence for success. */
    private static void leave(Context ctx) {
        LOG.debug("a sender left in mid-upload");
        Connections.cut(ctx.req(), new IOException("the sender left"));
    }

    private Told tell(Context ctx, RuntimeException thrown) {
        return problems.tell(thrown, Occasion.of(ctx));
    }
}
