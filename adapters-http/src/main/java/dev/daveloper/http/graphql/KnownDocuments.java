package dev.daveloper.http.graphql;

import dev.daveloper.http.GraphListener;
import dev.daveloper.http.GraphListener.Lookup;
import graphql.AssertException;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.validation.GoodFaithIntrospectionExceeded;
import graphql.validation.QueryComplexityLimits;
import graphql.validation.Validator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Documents that were read and judged, the most recently used remembered. Reading stops at the bounds, so that no
 * document costs more than they allow, whatever is in it. Safe for use by many threads.
 */
final class KnownDocuments {
    /** Deeper than any document that may be asked for, and no danger to the stack. */
    private static final int MAX_RULE_DEPTH = 200;

    /** What is wrong with a document beyond these helps nobody. */
    private static final int MAX_ERRORS = 10;

    private final GraphQLSchema schema;
    private final ParserOptions reading;
    private final QueryComplexityLimits unfolding;
    private final int kept;
    private final int maxAliases;
    private final boolean introspection;
    private final GraphListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Judged> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param introspection whether a document may ask for the schema
     * @param listener is told of what is asked for, not of what is only looked at
     */
    KnownDocuments(GraphQLSchema schema, GraphLimits limits, boolean introspection, GraphListener listener) {
        this.schema = schema;
        this.introspection = introspection;
        this.listener = listener;
        this.kept = limits.keptDocuments();
        this.maxAliases = limits.maxAliases();
        this.reading = ParserOptions.newParserOptions()
                .captureIgnoredChars(false)
                .captureLineComments(false)
                .readerTrackData(false)
                .maxCharacters(limits.maxChars())
                .maxTokens(limits.maxTokens())
                .maxWhitespaceTokens(limits.maxChars())
                .maxRuleDepth(MAX_RULE_DEPTH)
                .redactTokenParserErrorMessages(true)
                .build();
        this.unfolding = QueryComplexityLimits.newLimits()
                .maxDepth(limits.maxDepth())
                .maxFieldsCount(limits.maxFields())
                .build();
    }

    /**
     * A document, or what is wrong with it.
     *
     * @param document empty when it is none
     */
    record Judged(Optional<Document> document, List<? extends GraphQLError> errors) {
        boolean isValid() {
            return errors.isEmpty();
        }
    }

    /** A document that is to be done. */
    Judged of(String text) {
        Judged before = remembered(text);
        Judged judged = before == null ? judge(text) : before;
        listener.looked(before != null ? Lookup.HIT : judged.isValid() ? Lookup.MISS : Lookup.INVALID);
        return judged;
    }

    /** A document of which nothing is to be done yet. */
    Judged look(String text) {
        Judged before = remembered(text);
        return before == null ? judge(text) : before;
    }

    private @Nullable Judged remembered(String text) {
        lock.lock();
        try {
            return known.get(text);
        } finally {
            lock.unlock();
        }
    }

    private void remember(String text, Judged judged) {
        lock.lock();
        try {
            known.put(text, judged);
            if (known.size() > kept) {
                known.remove(known.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Only those that are valid are remembered: what is wrong is not worth the room. */
    private Judged judge(String text) {
        Judged judged = read(text);
        if (judged.isValid()) {
            remember(text, judged);
        }
        return judged;
    }

    private Judged read(String text) {
        if (LongNumbers.in(text)) {
            return refused("A number may have at most " + LongNumbers.MAX_DIGITS + " digits.");
        }
        try {
            return judge(Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(text)
                    .parserOptions(reading)
                    .build()));
        } catch (InvalidSyntaxException e) {
            return new Judged(Optional.empty(), List.of(e.toInvalidSyntaxError()));
        } catch (AssertException e) {
            // Over some escapes that are none the library fails to say what is wrong.
            return refused("The document cannot be read.");
        } catch (GoodFaithIntrospectionExceeded e) {
            return new Judged(Optional.empty(), List.of(e.toBadFaithError()));
        }
    }

    private Judged judge(Document document) {
        Optional<GraphQLError> refused =
                Floods.in(document, maxAliases).or(() -> introspection ? Optional.empty() : Unexplored.in(document));
        if (refused.isPresent()) {
            return new Judged(Optional.of(document), List.of(refused.get()));
        }
        List<? extends GraphQLError> errors =
                new Validator().validateDocument(schema, document, rule -> true, Locale.ENGLISH, unfolding);
        return new Judged(Optional.of(document), errors.subList(0, Math.min(MAX_ERRORS, errors.size())));
    }

    private static Judged refused(String why) {
        GraphQLError error = GraphqlErrorBuilder.newError()
                .errorType(ErrorType.ValidationError)
                .message("%s", why)
                .build();
        return new Judged(Optional.empty(), List.of(error));
    }
}
