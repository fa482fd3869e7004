package dev.daveloper.http.graphql;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.StartedRun;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.chat.ChatRoutes;
import dev.daveloper.http.chat.MessageView;
import dev.daveloper.http.chat.RunView;
import dev.daveloper.http.chat.SendMessage;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.requests.RequestBinder;
import dev.daveloper.http.sessions.SessionViews.SessionView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Messages, the runs that answer them, and what the agent can use. */
final class ChatFields implements Fields {
    private final Chat chat;
    private final Tools tools;
    private final Refusals refusals;
    private final Inputs inputs;
    private final RequestBinder binder;
    private final JsonCodec json;
    private final Function<Session, SessionView> sessionView;

    ChatFields(HttpParts parts, Refusals refusals, Inputs inputs, Function<Session, SessionView> sessionView) {
        this.chat = parts.ports().chat();
        this.tools = parts.ports().tools();
        this.refusals = refusals;
        this.inputs = inputs;
        this.binder = parts.binder();
        this.json = parts.json();
        this.sessionView = sessionView;
    }

    @Override
    public void addTo(RuntimeWiring.Builder wiring) {
        wiring.type(
                "Query",
                type -> type.dataFetcher("run", environment -> run(environment, argument(environment)))
                        .dataFetcher("tools", environment -> tools()));
        wiring.type(
                "Message",
                type -> type.dataFetcher("run", this::runOfMessage)
                        .dataFetcher(
                                "cached",
                                environment -> Given.source(environment, MessageView.class)
                                                .cached()
                                        != null));
        wiring.type(
                "Run",
                type -> type.dataFetcher(
                        "id",
                        environment -> Given.source(environment, RunView.class).runId()));
        wiring.type(
                "ToolCall",
                type -> type.dataFetcher(
                        "arguments",
                        environment -> json.value(Given.source(environment, MessageView.ToolCallView.class)
                                .arguments())));
        wiring.type("RunInProgress", type -> type.dataFetcher("run", this::runInTheWay));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("sendMessage", refusals.given(this::send))
                        .dataFetcher("cancelRun", refusals.given(this::cancel))
                        .dataFetcher("testTool", refusals.given(this::test)));
    }

    private RunView run(DataFetchingEnvironment environment, RunId run) {
        return RunView.of(chat.find(Given.asker(environment).requireSession().id(), run));
    }

    private RunView runOfMessage(DataFetchingEnvironment environment) {
        return run(
                environment,
                Names.of(
                        "run",
                        RunId::new,
                        Given.source(environment, MessageView.class).runId()));
    }

    private Object runInTheWay(DataFetchingEnvironment environment) {
        Typed told = Given.source(environment, Typed.class);
        return run(
                environment, Names.of("run", RunId::new, (String) told.fields().get("runId")));
    }

    private List<Map<String, Object>> tools() {
        return tools.list().stream()
                .map(tool -> Map.<String, Object>of(
                        "name", tool.name(),
                        "description", tool.description(),
                        "parameters", json.value(tool.parameters().text())))
                .toList();
    }

    private SentMessage send(DataFetchingEnvironment environment) throws InterruptedException {
        Asker asker = Given.asker(environment);
        ChatRequest request =
                binder.bind(inputs.input(environment), SendMessage.class).toRequest();
        if (asker.session().isEmpty()) {
            asker.admit(Activity.SESSIONS, Call.Amount.ONE);
            asker.openBeside();
        }
        Session session = asker.requireSession();
        Admission admission = asker.admit(Activity.CHAT, ChatRoutes.amountOf(request));
        StartedRun started = chat.start(session.id(), request, admission.allowance());
        return new SentMessage(RunView.running(started.run()), started.attached(), sessionView.apply(session));
    }

    private RunView cancel(DataFetchingEnvironment environment) {
        RunId run = argument(environment);
        chat.cancel(Given.asker(environment).requireSession().id(), run);
        return run(environment, run);
    }

    private Object test(DataFetchingEnvironment environment) {
        Given.asker(environment).admit(Activity.TOOLS, Call.Amount.ONE);
        String arguments = json.text(Given.argument(environment, "arguments", Object.class));
        return tools.test(Given.text(environment, "name"), new Json(arguments));
    }

    private static RunId argument(DataFetchingEnvironment environment) {
        return Given.id(environment, "run", RunId::new);
    }

    /** @param attached whether the same request began the run before */
    record SentMessage(RunView run, boolean attached, SessionView session) {}
}
