package dev.daveloper.application.chat;

import dev.daveloper.application.chat.out.AgentRequest;
import dev.daveloper.domain.cache.CacheKey;
import dev.daveloper.domain.cache.Tag;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Citation;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.chat.ToolCall;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import java.util.Set;

/**
 * Under what an answer is kept: a hash of all that it is made from, as far as the gateway knows it. Not the names and
 * times of messages and runs, which are never the same twice.
 *
 * @param forEverybody whether other sessions are given the answer
 */
record AskedBefore(CacheKey key, Set<Tag> tags, boolean forEverybody) {
    static final String NAMESPACE = "answers";

    /** Told apart from hashes of other fields, should they change. */
    private static final String FORM = "answer 1";

    static AskedBefore of(AgentRequest request, String agentVersion, String toolsHash, boolean forEverybody) {
        FieldHash hash = new FieldHash()
                .add(FORM)
                .add(forEverybody ? 1 : 0)
                .add(agentVersion)
                .add(toolsHash)
                .add(request.message())
                .add(request.useTools() ? 1 : 0)
                .add(request.maxTokens().isPresent() ? 1 : 0)
                .add(request.maxTokens().orElse(0))
                .add(request.history().size());
        request.history().forEach(message -> add(hash, message));
        SessionId session = request.run().sessionId();
        Tag shared = Tag.documentsOf(Scope.SHARED);
        return forEverybody
                ? new AskedBefore(CacheKey.shared(NAMESPACE, hash.hex()), Set.of(shared), true)
                : new AskedBefore(
                        CacheKey.of(session, NAMESPACE, hash.hex()),
                        Set.of(shared, Tag.documentsOf(Scope.of(session)), Tag.of(session)),
                        false);
    }

    private static void add(FieldHash hash, Message message) {
        if (message instanceof AssistantMessage answer) {
            hash.add("assistant").add(answer.text()).add(answer.outcome().wireName());
            hash.add(answer.citations().size());
            answer.citations().forEach(citation -> add(hash, citation));
            hash.add(answer.toolCalls().size());
            answer.toolCalls().forEach(call -> add(hash, call));
        } else {
            hash.add("user").add(message.text());
        }
    }

    private static void add(FieldHash hash, Citation citation) {
        hash.add(citation.index());
        switch (citation.source()) {
            case Citation.DocumentSource document -> hash.add("document").add(document.documentId());
            case Citation.UrlSource page -> hash.add("url").add(page.url());
        }
        hash.add(citation.title()).add(citation.quote());
    }

    private static void add(FieldHash hash, ToolCall call) {
        hash.add(call.name()).add(call.arguments().text());
        hash.add(call.result().isPresent() ? 1 : 0);
        call.result().ifPresent(result -> hash.add(result.ok() ? 1 : 0).add(result.output()));
    }
}
