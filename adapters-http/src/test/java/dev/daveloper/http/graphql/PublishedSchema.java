package dev.daveloper.http.graphql;

import dev.daveloper.http.GraphListener;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;

/** The schema as it is published, to judge documents by and to do nothing. */
final class PublishedSchema {
    static final GraphQLSchema SCHEMA =
            UnExecutableSchemaGenerator.makeUnExecutableSchema(new SchemaParser().parse(GraphSchema.text()));

    private PublishedSchema() {}

    static KnownDocuments documents() {
        return new KnownDocuments(SCHEMA, GraphLimits.DEFAULT, true, GraphListener.NONE);
    }

    /** A document that is valid. */
    static Document read(String text) {
        KnownDocuments.Judged judged = documents().of(text);
        if (!judged.isValid()) {
            throw new AssertionError(judged.errors().toString());
        }
        return judged.document().orElseThrow();
    }

    static OperationDefinition onlyOperation(Document document) {
        return document.getDefinitionsOfType(OperationDefinition.class).getFirst();
    }
}
