package dev.daveloper.http.health;

import java.util.List;
import java.util.Map;

/**
 * What it means for callers that a component is away, by the part of its name that all of its kind share.
 *
 * @param note one sentence: what does not work, and what still does
 * @param endpoints without the version's prefix, those that do not work; empty when all do
 */
record Consequences(String note, List<String> endpoints) {
    private static final List<String> EVERYTHING =
            List.of("/agent/chat", "/agent/history", "/agent/runs", "/sessions", "/ws/chat");
    private static final Consequences NONE = new Consequences("It does not answer; everything else works.", List.of());

    private static final Map<String, Consequences> KNOWN = Map.of(
            "agent",
            new Consequences(
                    "New messages are refused; sessions, history, documents and answers that were made are served.",
                    List.of("/agent/chat", "/agent/tools", "/ws/chat")),
            "documents",
            new Consequences(
                    "Documents are neither taken nor listed nor searched; conversations go on.",
                    List.of("/documents", "/documents/ingest", "/documents/status")),
            "index",
            new Consequences("Answers are made without documents; documents are taken and listed.", List.of()),
            "disk",
            new Consequences("Everything works until the disk is full.", List.of()),
            "sqlite",
            new Consequences("Nothing can be kept: no new work is taken.", EVERYTHING),
            "redis",
            new Consequences("Nothing can be kept: no new work is taken.", EVERYTHING));

    private static final Consequences OF_A_SERVER = new Consequences(
            "This server does not answer; what others keep is served, and a copy may take its place.", List.of());

    /** @param component as it is named in a report */
    static Consequences of(String component) {
        int colon = component.indexOf(':');
        if (colon < 0) {
            return KNOWN.getOrDefault(component, NONE);
        }
        String family = component.substring(0, colon);
        return family.equals("redis") ? OF_A_SERVER : KNOWN.getOrDefault(family, NONE);
    }
}
