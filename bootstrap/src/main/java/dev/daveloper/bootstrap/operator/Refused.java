package dev.daveloper.bootstrap.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The gateway has understood, and does not do it. */
public final class Refused extends CommandFailed {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Set<String> places;

    private Refused(int status, String sentence, Set<String> places) {
        super(sentence);
        this.status = status;
        this.places = Set.copyOf(places);
    }

    /** @param problem what it answered (RFC 9457) */
    static Refused by(int status, JsonNode problem) {
        String detail = Optional.of(problem.path("detail").asText())
                .filter(text -> !text.isBlank())
                .orElse(problem.path("title").asText("It does not say why."));
        // What is wrong with a request is told for each place.
        List<JsonNode> flaws = problem.path("errors").valueStream().toList();
        String details = flaws.isEmpty()
                ? detail
                : flaws.stream().map(flaw -> flaw.path("detail").asText()).collect(Collectors.joining(" "));
        String whose = status == 401 || status == 403
                ? "The gateway does not take the admin key (" + status + "): "
                : "The gateway refuses (" + status + "): ";
        return new Refused(
                status,
                whose + Reasons.shown(details),
                flaws.stream().map(flaw -> flaw.path("pointer").asText()).collect(Collectors.toUnmodifiableSet()));
    }

    public int status() {
        return status;
    }

    /** Whether something is wrong with this place of what was sent. */
    public boolean names(String pointer) {
        return places.contains(pointer);
    }
}
