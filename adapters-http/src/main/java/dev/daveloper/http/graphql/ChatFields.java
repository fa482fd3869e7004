package dev.daveloper.http.graphql;

import static dev.daveloper.http.graphql.Guards.askerOf;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.ChatRequest;
import dev.daveloper.application.chat.in.OnBusy;
import dev.daveloper.application.chat.in.StartedRun;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.application.ratelimits.in.Call;
import dev.daveloper.application.ratelimits.in.RateLimits.Admission;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.TokenMeter;
import dev.daveloper.domain.ratelimits.Activity;
import dev.daveloper.domain.sessions.Session;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.chat.MessageView;
import dev.daveloper.http.chat.RunView;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.sessions.SessionViews.SessionView;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Messages, the runs that answer them, and what the agent can use. */
final class ChatFields implements Fields {
    private final Chat chat;
    private final Tools tools;
    private final Refusals refusals;
    private final JsonCodec json;
    private final Function<Session, SessionView> sessionView;

    ChatFields(HttpPorts ports, Refusals refusals, JsonCodec json, Function<Session, SessionView> sessionView) {
        this.chat = ports.chat();
        this.tools = ports.tools();
        this.refusals = refusals;
        this.json = json;
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
                                "cached", environment -> messageOf(environment).cached() != null));
        wiring.type(
                "Run",
                type -> type.dataFetcher("id", environment -> runOf(environment).runId()));
        wiring.type("RunInProgress", type -> type.dataFetcher("run", this::runInTheWay));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("sendMessage", refusals.given(this::send))
                        .dataFetcher("cancelRun", refusals.given(this::cancel))
                        .dataFetcher("testTool", refusals.given(this::test)));
    }

    private RunView run(DataFetchingEnvironment environment, RunId run) {
        return RunView.of(chat.find(askerOf(environment).requireSession().id(), run));
    }

    private RunView runOfMessage(DataFetchingEnvironment environment) {
        return run(
                environment, Names.of("run", RunId::new, messageOf(environment).runId()));
    }

    private Object runInTheWay(DataFetchingEnvironment environment) {
        Typed told = environment.getSource();
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
        Asker asker = askerOf(environment);
        ChatRequest request = requestOf(environment.getArgument("input"));
        if (asker.session().isEmpty()) {
            asker.admit(Activity.SESSIONS, Call.Amount.ONE);
            asker.open();
        }
        Session session = asker.requireSession();
        Admission admission = asker.admit(
                Activity.CHAT,
                Call.Amount.ofTokens(
                        TokenMeter.estimate(request.message().length()),
                        request.maxTokens().orElse(ChatRequest.MAX_TOKENS)));
        StartedRun started = chat.start(session.id(), request, admission.allowance());
        return new SentMessage(RunView.running(started.run()), started.attached(), sessionView.apply(session));
    }

    private static ChatRequest requestOf(Map<String, Object> input) {
        Integer maxTokens = (Integer) input.get("maxTokens");
        return new ChatRequest(
                (String) input.get("message"),
                Optional.ofNullable((String) input.get("clientMessageId")),
                !Boolean.FALSE.equals(input.get("useTools")),
                maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens),
                "interrupt".equals(input.get("onBusy")) ? OnBusy.INTERRUPT : OnBusy.REJECT,
                Boolean.TRUE.equals(input.get("background")));
    }

    private RunView cancel(DataFetchingEnvironment environment) {
        RunId run = argument(environment);
        chat.cancel(askerOf(environment).requireSession().id(), run);
        return run(environment, run);
    }

    private Object test(DataFetchingEnvironment environment) {
        askerOf(environment).admit(Activity.TOOLS, Call.Amount.ONE);
        Object arguments = environment.getArgument("arguments");
        return tools.test(environment.getArgument("name"), new Json(json.text(arguments)));
    }

    private static RunId argument(DataFetchingEnvironment environment) {
        return Names.of("run", RunId::new, environment.getArgument("id"));
    }

    private static MessageView messageOf(DataFetchingEnvironment environment) {
        return environment.getSource();
    }

    private static RunView runOf(DataFetchingEnvironment environment) {
        return environment.getSource();
    }

    /** @param attached whether the same request began the run before */
    record SentMessage(RunView run, boolean attached, SessionView session) {}
}
