package dev.daveloper.http.chat;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.cache.in.CacheControl.Warmable;
import dev.daveloper.application.cache.in.Caching.Question;
import dev.daveloper.application.chat.in.Tools;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Demand;
import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.Tool;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.http.HttpParts;
import dev.daveloper.http.cache.KeptAnswers;
import dev.daveloper.http.cache.KeptAnswers.Audience;
import dev.daveloper.http.cache.KeptAnswers.Kept;
import dev.daveloper.http.requests.Bodies;
import dev.daveloper.http.requests.Input;
import dev.daveloper.http.requests.NameText;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.requests.Requests;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the agent can do, to look at and to try. */
final class ToolRoutes {
    private static final int MAX_NAME_CHARS = 128;

    /** All of them in one answer. */
    private static final CacheKey ALL = CacheKey.shared("tools", "all");

    private final Tools tools;
    private final KeptAnswers kept;
    private final Freshness freshness;
    private final Requests requests;
    private final Bodies bodies;

    ToolRoutes(HttpParts parts) {
        this.tools = parts.ports().tools();
        this.kept = parts.kept();
        this.freshness = parts.config().kept().tools();
        this.requests = parts.requests();
        this.bodies = parts.bodies();
    }

    void register(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/agent/tools", this::list);
        routes.post(prefix + "/agent/tools/test", this::test, Input.READ);
    }

    private void list(Context ctx) throws InterruptedException {
        kept.answer(ctx, new Kept(ALL, Set.of(Tag.TOOLS), freshness, Audience.EVERYBODY), this::view);
    }

    private ToolsView view() {
        return new ToolsView(tools.list().stream().map(ToolView::of).toList());
    }

    /** What can be made ahead of it. */
    Warmable warmable() {
        Question question = new Question(ALL, Set.of(Tag.TOOLS), freshness, Demand.ANY);
        return new Warmable("tools", question, kept.loader(this::view));
    }

    private void test(Context ctx) throws IOException {
        ToolTest body =
                requests.read(ctx, Nothing.class, Nothing.class, ToolTest.class).body();
        Json arguments = body.arguments() == null
                ? Json.EMPTY_OBJECT
                : new Json(body.arguments().toString());
        ToolResult result = tools.test(Objects.requireNonNull(body.name()), arguments);
        bodies.write(ctx, 200, new ResultView(result.ok(), result.output()));
    }

    private record ToolTest(
            @NotBlank(message = "{name} must not be empty.") @NameText(max = MAX_NAME_CHARS) @Nullable
            String name,

            @Nullable ObjectNode arguments) {}

    private record ToolsView(List<ToolView> items) {}

    private record ToolView(
            String name, String description, @JsonRawValue String parameters) {
        static ToolView of(Tool tool) {
            return new ToolView(
                    tool.name(), tool.description(), tool.parameters().text());
        }
    }

    private record ResultView(boolean ok, String output) {}
}
