package dev.daveloper.http.chat;

import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.failures.Failures;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.requests.Bodies;
import io.javalin.http.Context;
import java.util.Optional;

/** Tells of a run that was accepted and then failed: the problem names the run, whose text so far is in the history. */
final class RunFailures {
    private final Bodies bodies;

    RunFailures(Bodies bodies) {
        this.bodies = bodies;
    }

    void answer(Context ctx, RunId run, Optional<Failure> error) {
        Failure failure = error.orElseGet(() -> new Failure(FailureCode.INTERNAL, FailureCode.INTERNAL.title()));
        Problem problem = Problem.of(failure)
                .at(ctx.req().getRequestURI(), Failures.traceOf(ctx.req()))
                .withRunId(run.value());
        Problems.retryHeaders(problem.status(), Optional.empty()).forEach(ctx::header);
        bodies.write(ctx, problem.status(), Problem.MEDIA_TYPE, problem);
    }
}
