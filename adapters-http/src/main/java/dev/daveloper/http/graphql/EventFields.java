package dev.daveloper.http.graphql;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.documents.in.JobFollower;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.documents.JobStep;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.sessions.SessionId;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.documents.JobView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.reactivestreams.Publisher;

/** What goes on and on: the same followers that every other transport pulls. */
final class EventFields implements Fields {
    private final Chat chat;
    private final Documents documents;
    private final EventViews views;

    EventFields(HttpParts parts) {
        this.chat = parts.ports().chat();
        this.documents = parts.ports().documents();
        this.views = new EventViews(parts.json());
    }

    @Override
    public void addTo(RuntimeWiring.Builder wiring) {
        wiring.type(
                "Subscription",
                type -> type.dataFetcher("runEvents", this::ofRun).dataFetcher("sessionEvents", this::ofSession));
    }

    private Publisher<Object> ofRun(DataFetchingEnvironment environment) {
        SessionId session = Given.asker(environment).requireSession().id();
        RunId run = Names.of("run", RunId::new, Given.text(environment, "runId"));
        Cursor after = Given.optional(environment, "after", String.class)
                .filter(cursor -> !cursor.isEmpty())
                .map(EventFields::cursor)
                .orElse(Cursor.START);
        return followed(environment).open(new OfRun(run, chat.follow(session, run, after)));
    }

    private Publisher<Object> ofSession(DataFetchingEnvironment environment) {
        return followed(environment)
                .open(new OfJobs(documents.followAll(Given.asker(environment).scope())));
    }

    private static Followed followed(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(
                environment.getGraphQlContext().get(Followed.class), "every subscription has what it follows");
    }

    private static Cursor cursor(String text) {
        try {
            return Cursor.parse(text);
        } catch (InvalidValue e) {
            throw new InvalidRequest("#/after", "after must be a cursor that came with an event, such as 1-42.");
        }
    }

    private final class OfRun implements EventSource {
        private final RunId run;
        private final RunFollower follower;

        OfRun(RunId run, RunFollower follower) {
            this.run = run;
            this.follower = follower;
        }

        @Override
        public Pulled next(Duration patience) throws InterruptedException {
            return switch (follower.next(patience)) {
                case LoggedEvent logged ->
                    new Event(views.of(run, logged), logged.event() instanceof RunEvent.Finished);
                case FollowStep.Notice notice -> new Event(views.of(run, notice), false);
                case FollowStep.Quiet quiet -> Quiet.QUIET;
                case FollowStep.Ended ended -> Ended.ENDED;
            };
        }

        @Override
        public void close() {
            follower.close();
        }
    }

    private record OfJobs(JobFollower follower) implements EventSource {
        @Override
        public Pulled next(Duration patience) throws InterruptedException {
            return switch (follower.next(patience)) {
                case JobStep.Changed changed ->
                    new Event(new Typed("JobProgress", Map.of("job", JobView.of(changed.job()))), false);
                case JobStep.Quiet quiet -> Quiet.QUIET;
                case JobStep.Ended ended -> Ended.ENDED;
            };
        }

        @Override
        public void close() {
            follower.close();
        }
    }
}
