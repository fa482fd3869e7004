package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.embedded.documents.Lookup;
import dev.daveloper.embedded.documents.Origin;
import dev.daveloper.embedded.documents.Passage;
import dev.daveloper.embedded.documents.PassageIndex;
import java.util.List;
import java.util.regex.Pattern;

/** What the agent says of its own, when no model words it. */
final class Wording {
    private static final int SHOWN_QUESTION_CHARS = 80;
    private static final int SHOWN_EXAMPLES = 4;
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>&|~#!]");

    static final String NO_MODEL = "*No model is configured, so these are passages, word for word. "
            + "Set `agent.openai.base-url` and `agent.openai.model` to have a model write the answers, or "
            + "`agent.target` to connect an agent of your own.*";

    static final String DOCUMENTS_MISSED = "*Uploaded documents could not be searched at the moment.*";

    static final String NO_TOOLS = "I would need a tool for this, and tools are switched off for this message.";

    private Wording() {}

    static String smallTalk(Intent.SmallTalk.Kind kind, Sources sources) {
        return switch (kind) {
            case GREETING -> "Hello! Ask me something about the documentation" + examples(sources.library());
            case THANKS -> "You are welcome. Ask on whenever you like.";
            case FAREWELL -> "Goodbye!";
            case IDENTITY ->
                "I am Daveloper's built-in agent. No model is configured, so I do not write answers:"
                        + " I look your question up in the documentation and quote the passages that answer it."
                        + " Set `agent.openai.base-url` and `agent.openai.model` to have a model write the answers,"
                        + " or `agent.target` to connect an agent of your own.";
            case ABILITIES ->
                "I can\n\n- answer questions about the documentation, with citations" + examples(sources.library())
                        + (sources.takesDocuments() ? "\n- answer questions about a document that you drop here" : "")
                        + "\n- compute, such as `12 * (3 + 4)`\n- tell the time, such as “What time is it in Tokyo?”\n"
                        + "- look up a public GitHub repository, such as “Tell me about the GitHub repository "
                        + "apache/lucene”";
        };
    }

    static String nothingFound(String question, Sources sources, Lookup lookup) throws InterruptedException {
        String shown = question.strip().replaceAll("[\\s`*_\\[\\]<>]+", " ");
        if (shown.length() > SHOWN_QUESTION_CHARS) {
            int cut = shown.lastIndexOf(' ', SHOWN_QUESTION_CHARS);
            boolean splits = Character.isHighSurrogate(shown.charAt(SHOWN_QUESTION_CHARS - 1));
            int whole = splits ? SHOWN_QUESTION_CHARS - 1 : SHOWN_QUESTION_CHARS;
            shown = shown.substring(0, cut > 0 ? cut : whole) + "…";
        }
        String about = shown.isBlank() ? "this" : "“" + shown.strip() + "”";
        boolean has = lookup.hasDocuments();
        String where = has ? " in the documentation or in your documents." : " in the documentation.";
        boolean mayHaveNone = sources.takesDocuments() && !has && !lookup.documentsMissed();
        return "I found nothing about " + about + where + " I can answer what it speaks of"
                + examples(sources.library())
                + (mayHaveNone ? " If a document of yours says it, drop the document on this page." : "");
    }

    static String lead(List<Quotation> quotations) {
        List<Passage> passages = quotations.stream().map(Quotation::passage).toList();
        long documents = passages.stream()
                .filter(passage -> passage.origin() instanceof Origin.HandedOver)
                .count();
        if (documents > 0) {
            boolean one = passages.stream().map(Passage::documentId).distinct().count() == 1;
            return one ? "**" + plain(passages.getFirst().documentTitle()) + "** says:" : "This is what I found:";
        }
        return passages.stream().map(Passage::title).distinct().count() == 1
                ? "The documentation answers this in *" + passages.getFirst().title() + "*:"
                : "This is what the documentation says:";
    }

    /** A name as Markdown that shows it as it is. */
    private static String plain(String name) {
        return SPECIAL.matcher(name).replaceAll("\\\\$0");
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
