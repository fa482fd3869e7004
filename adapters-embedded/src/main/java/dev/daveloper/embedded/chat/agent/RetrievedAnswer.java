package dev.daveloper.embedded.chat.agent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Json;
import dev.daveloper.domain.chat.ToolResult;
import dev.daveloper.domain.chat.Usage;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.embedded.documents.Lookup;
import dev.daveloper.embedded.documents.Match;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * An answer without a model: passages of the documents, word for word, each cited. Tokens are counted as words: those
 * of the message come in, those of the answer go out.
 */
final class RetrievedAnswer implements PulledAnswer.Maker {
    private static final String CALL_ID = "call_1";
    private static final int PASSAGES = 3;

    private final AgentRequest request;
    private final Sources sources;
    private final ToolBox tools;
    private final Duration pace;
    private final Evidence evidence = new Evidence();

    RetrievedAnswer(AgentRequest request, Sources sources, ToolBox tools, Duration pace) {
        this.request = request;
        this.sources = sources;
        this.tools = tools;
        this.pace = pace;
    }

    @Override
    public void make(Sink sink) throws InterruptedException {
        Speech speech = new Speech(sink, pace, request.maxTokens().orElse(Integer.MAX_VALUE));
        switch (Intent.of(request.message())) {
            case Intent.SmallTalk talk -> speech.say(Wording.smallTalk(talk.kind(), sources));
            case Intent.Calculation wanted ->
                speech.say(using(sink, Calculator.NAME, "expression", wanted.expression(), Wording::calculated));
            case Intent.Time wanted ->
                speech.say(using(sink, CurrentTime.NAME, "zone", wanted.zone().orElse(""), Wording::time));
            case Intent.Repository wanted ->
                speech.say(using(sink, GitHubRepository.NAME, "repository", wanted.name(), Wording::repository));
            case Intent.Lookup lookup -> lookUp(sink, speech);
        }
        speech.end();
        sink.emit(new AgentEvent.UsageReported(new Usage(Speech.wordsIn(request.message()), speech.words())));
    }

    private void lookUp(Sink sink, Speech speech) throws InterruptedException {
        Lookup lookup = sources.lookUp(evidence);
        List<Quotation> quotations = Quotation.of(found(lookup, sink));
        if (quotations.isEmpty()) {
            speech.say(Wording.nothingFound(request.message(), sources, lookup));
        } else {
            quote(quotations, speech);
        }
        if (lookup.documentsMissed()) {
            speech.say("\n\n").say(Wording.DOCUMENTS_MISSED);
        }
        boolean first = request.history().stream().noneMatch(AssistantMessage.class::isInstance);
        if (first && !quotations.isEmpty()) {
            speech.say("\n\n").say(Wording.NO_MODEL);
        }
    }

    private void quote(List<Quotation> quotations, Speech speech) throws InterruptedException {
        speech.say(Wording.lead(quotations));
        for (Quotation quotation : quotations) {
            speech.say("\n\n").say(quotation.text());
            Optional<Citation> citation = citation(quotation);
            if (citation.isPresent()) {
                speech.cite(citation.get());
            }
            if (!quotation.code().isEmpty()) {
                speech.say("\n\n").say(quotation.code());
            }
        }
    }

    private Optional<Citation> citation(Quotation quotation) {
        OptionalInt number = evidence.number(quotation.passage(), quotation.start(), quotation.end());
        return number.isPresent() ? evidence.citation(number.getAsInt()) : Optional.empty();
    }

    private List<Match> found(Lookup lookup, Sink sink) throws InterruptedException {
        FollowUp search = new FollowUp(lookup, request.history());
        if (!request.useTools()) {
            return search.search(request.message(), PASSAGES);
        }
        ObjectNode arguments = JsonText.object().put("query", request.message()).put("limit", PASSAGES);
        sink.emit(new AgentEvent.ToolStarted(CALL_ID, SearchDocuments.NAME, new Json(arguments.toString())));
        List<Match> matches = search.search(request.message(), PASSAGES);
        sink.emit(new AgentEvent.ToolFinished(CALL_ID, new ToolResult(true, summary(matches))));
        return matches;
    }

    private static String summary(List<Match> matches) {
        ObjectNode found = JsonText.object();
        ArrayNode passages = found.putArray("passages");
        matches.forEach(match -> SearchDocuments.describe(match.passage(), passages.addObject()));
        return found.toString();
    }

    private String using(Sink sink, String tool, String argument, String value, Function<ToolResult, String> wording)
            throws InterruptedException {
        if (!request.useTools()) {
            return Wording.NO_TOOLS;
        }
        ObjectNode given = JsonText.object();
        if (!value.isEmpty()) {
            given.put(argument, value);
        }
        Json arguments = new Json(given.toString());
        sink.emit(new AgentEvent.ToolStarted(CALL_ID, tool, arguments));
        ToolResult result = used(tool, arguments);
        sink.emit(new AgentEvent.ToolFinished(CALL_ID, result));
        return wording.apply(result);
    }

    private ToolResult used(String tool, Json arguments) throws InterruptedException {
        try {
            return tools.use(tool, arguments, evidence);
        } catch (InvalidRequest e) {
            return new ToolResult(false, e.detail());
        }
    }
}
