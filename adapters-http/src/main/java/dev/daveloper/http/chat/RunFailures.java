package dev.daveloper.http.chat;

import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.failures.Failure;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.failures.Occasion;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.requests.Bodies;
import io.javalin.http.Context;
import java.util.Optional;

/** Tells of a run that was accepted and then failed: the problem names the run, whose text so far is in the history. */
final class RunFailures {
    private final Bodies bodies;
    private final Problems problems;

    RunFailures(Bodies bodies, Problems problems) {
        this.bodies = bodies;
        this.problems = problems;
    }

    void answer(Context ctx, RunId run, Optional<Failure> error) {
        Failure failure = error.orElseGet(() -> new Failure(FailureCode.INTERNAL, FailureCode.INTERNAL.title()));
        Problems.Told told = problems.tell(failure, Occasion.of(ctx));
        Problem problem = told.problem().withRunId(run.value());
        told.headers().forEach(ctx::header);
        bodies.write(ctx, problem.status(), Problem.MEDIA_TYPE, problem);
    }
}
