package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.embedded.documents.PassageIndex;
import java.util.List;

/** What the agent says of its own, when no model words it. */
final class Wording {
    private static final int SHOWN_QUESTION_CHARS = 80;
    private static final int SHOWN_EXAMPLES = 4;

    static final String NO_MODEL =
            "*No model is configured, so these are passages of the documentation, word for word. "
                    + "Set `agent.openai.base-url` and `agent.openai.model` to have a model write the answers, or "
                    + "`agent.target` to connect an agent of your own.*";

    static final String NO_TOOLS = "I would need a tool for this, and tools are switched off for this message.";

    private Wording() {}

    static String smallTalk(Intent.SmallTalk.Kind kind, PassageIndex index) {
        return switch (kind) {
            case GREETING -> "Hello! Ask me something about the documentation" + examples(index);
            case THANKS -> "You are welcome. Ask on whenever you like.";
            case FAREWELL -> "Goodbye!";
            case IDENTITY ->
                "I am Daveloper's built-in agent. No model is configured, so I do not write answers:"
                        + " I look your question up in the documentation and quote the passages that answer it."
                        + " Set `agent.openai.base-url` and `agent.openai.model` to have a model write the answers,"
                        + " or `agent.target` to connect an agent of your own.";
            case ABILITIES ->
                "I can\n\n- answer questions about the documentation, with citations" + examples(index)
                        + "\n- compute, such as `12 * (3 + 4)`\n- tell the time, such as “What time is it in Tokyo?”\n"
                        + "- look up a public GitHub repository, such as “Tell me about the GitHub repository "
                        + "apache/lucene”";
        };
    }

    static String nothingFound(String question, PassageIndex index) {
        String shown = question.strip().replaceAll("[\\s`*_\\[\\]<>]+", " ");
        if (shown.length() > SHOWN_QUESTION_CHARS) {
            int cut = shown.lastIndexOf(' ', SHOWN_QUESTION_CHARS);
            shown = shown.substring(0, cut > 0 ? cut : SHOWN_QUESTION_CHARS) + "…";
        }
        String about = shown.isBlank() ? "this" : "“" + shown.strip() + "”";
        return "I found nothing about " + about + " in the documentation. I can answer what it speaks of"
                + examples(index);
    }

    static String lead(List<Quotation> quotations) {
        long sections = quotations.stream()
                .map(quotation -> quotation.passage().title())
                .distinct()
                .count();
        return sections == 1
                ? "The documentation answers this in *"
                        + quotations.getFirst().passage().title() + "*:"
                : "This is what the documentation says:";
    }

    static String calculated(ToolResult result) {
        if (!result.ok()) {
            return result.output();
        }
        JsonNode answer = JsonText.read(result.output());
        return "`" + answer.path("expression").asText() + "` is **"
                + answer.path("result").asText() + "**.";
    }

    static String time(ToolResult result) {
        if (!result.ok()) {
            return result.output();
        }
        JsonNode answer = JsonText.read(result.output());
        String zone = answer.path("zone").asText();
        return "It is " + answer.path("text").asText() + " (" + (zone.equals("Z") ? "UTC" : zone) + ").";
    }

    static String repository(ToolResult result) {
        if (!result.ok()) {
            return result.output();
        }
        JsonNode it = JsonText.read(result.output());
        StringBuilder told = new StringBuilder("**" + it.path("full_name").asText() + "**");
        String description = it.path("description").asText("");
        told.append(description.isBlank() ? "" : " — " + description.strip()).append("\n\n");
        fact(told, "Language", it.path("language"));
        fact(told, "Licence", it.path("license"));
        fact(told, "Stars", it.path("stargazers_count"));
        fact(told, "Forks", it.path("forks_count"));
        fact(told, "Open issues", it.path("open_issues_count"));
        fact(told, "Last push", it.path("pushed_at"));
        told.append(it.path("archived").asBoolean() ? "- It is archived.\n" : "");
        fact(told, "Address", it.path("html_url"));
        return told.toString().stripTrailing();
    }

    private static void fact(StringBuilder told, String name, JsonNode value) {
        if (!value.asText("").isBlank()) {
            told.append("- ").append(name).append(": ").append(value.asText()).append('\n');
        }
    }

    private static String examples(PassageIndex index) {
        List<String> examples = index.questions(SHOWN_EXAMPLES).stream()
                .map(question -> "“" + question + "”")
                .toList();
        if (examples.isEmpty()) {
            examples = index.documents().stream()
                    .map(document -> "*" + document.title() + "*")
                    .sorted()
                    .limit(SHOWN_EXAMPLES)
                    .toList();
        }
        return examples.isEmpty() ? "." : ", for example " + String.join(", ", examples) + ".";
    }
}
