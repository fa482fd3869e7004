package dev.daveloper.bootstrap.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasedApiTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String SMALL = """
            security: [{cookie: []}, {token: []}]
            paths:
              /open: {get: {security: [], responses: {'200': {content: {text/plain: {schema: {type: string}}}}}}}
              /ask:
                post:
                  parameters: [{in: query, name: limit, schema: {type: integer, minimum: 1, maximum: 50}}]
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Ask'}}}}
                  responses:
                    '200':
                      headers: {ETag: {schema: {type: string}}}
                      content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}
                    '404': {$ref: '#/components/responses/Gone'}
            webhooks:
              told: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Told'}}}}}}
            components:
              responses: {Gone: {content: {application/problem+json: {schema: {type: object}}}}}
              schemas:
                Ask: {type: object, required: [text], properties: {text: {type: string, maxLength: 100, pattern: '^a'},
                  kind: {type: [string, 'null'], enum: [a, b]},
                  more: {type: array, maxItems: 5, items: {type: string}}}}
                Answer: {type: object, required: [text, list], properties: {text: {type: string}, size: {type: integer},
                  list: {type: array, items: {type: object, required: [id], properties: {id: {type: string}}}},
                  how: {enum: [well, badly]}, part: {$ref: '#/components/schemas/Part'}}}
                Part: {allOf: [{type: object, required: [n], properties: {n: {type: integer}}}]}
                Told: {type: object, properties: {type: {type: string}}}
            """;

    @Test
    void nothing_in_the_api_breaks_whoever_was_written_for_the_last_release() {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/api/openapi.yaml"))) {
            Released.assertKept("openapi.txt", OpenApiSurface.of(YAML.readTree(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an operation is gone          | /open: {get                 | /open: {put
            an operation is elsewhere     | /ask:                       | /question:
            it needs a session now        | security: [], responses     | responses
            a way to prove oneself is gone | [{cookie: []}, {token: []}] | [{token: []}]
            a parameter is gone           | name: limit                 | name: most
            a parameter is needed now     | in: query, name             | in: query, required: true, name
            a parameter has another type  | {type: integer, minimum: 1  | {type: string, minimum: 1
            a parameter may be less       | maximum: 50                 | maximum: 40
            a parameter must be more      | minimum: 1                  | minimum: 2
            a body is needed now          | {content: {application/json: {schema: {$ref: '#/components/schemas/Ask' \
            | {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Ask'
            a body of another form        | {application/json: {schema: {$ref: '#/components/schemas/Ask' \
            | {text/plain: {schema: {$ref: '#/components/schemas/Ask'
            an answer is gone             | '404': {$ref                | '410': {$ref
            an answer of another form     | {application/problem+json:  | {application/json:
            a header is gone              | headers: {ETag              | headers: {Age
            a member is not taken any more | kind: {type: [string, 'null'], enum: [a, b]}, | ``
            a member must be sent now     | required: [text]            | required: [text, kind]
            a member may not be null now  | type: [string, 'null'], enum | type: [string], enum
            a value is not taken any more | enum: [a, b]                | enum: [a]
            a text may be shorter         | maxLength: 100              | maxLength: 99
            a list may be shorter         | maxItems: 5                 | maxItems: 4
            a text must be longer         | maxLength: 100              | maxLength: 100, minLength: 2
            a text has a form             | pattern: '^a'               | pattern: '^ab'
            elements are of another type  | items: {type: string}       | items: {type: integer}
            a member is not answered      | size: {type: integer},      | ``
            a member is of another type   | size: {type: integer}       | size: {type: string}
            a member may be null now      | properties: {text: {type: string}, size \
            | properties: {text: {type: [string, 'null']}, size
            a member may be absent now    | required: [text, list]      | required: [list]
            a member within is gone       | required: [id], properties: {id: {type: string}} | properties: {}
            a member within a part is gone | required: [n], properties: {n: {type: integer}} | properties: {}
            a member within has a new type | {id: {type: string}}        | {id: {type: integer}}
            a webhook is gone             | told: {post                | heard: {post
            a webhook tells less          | Told: {type: object, properties: {type: {type: string}}} \
            | Told: {type: object}
            """)
    void what_breaks_a_client_is_found(String change, String before, String after) {
        assertThat(small().breakagesIn(changed(before, after))).as(change).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing                   | paths                   | paths
            an operation more         | /open: {                \
            | /new: {get: {parameters: [{in: query, name: q, required: true}]}}\\n  /open: {
            anybody may               | security: [{cookie: []} | security: [{}, {cookie: []}
            a parameter more          | [{in: query             | [{in: query, name: more}, {in: query
            a parameter may be more   | maximum: 50             | maximum: 60
            a parameter may be all    | , maximum: 50           | ``
            a parameter may be less   | minimum: 1              | minimum: 0
            a member more             | kind: {type: [string    \
            | new: {type: string, maxLength: 3}, kind: {type: [string
            a value more              | enum: [a, b]            | enum: [a, b, c]
            a text may be longer      | maxLength: 100          | maxLength: 200
            a member need not be sent | required: [text]        | required: []
            an answer more            | '404': {$ref            | '409': {description: Busy}\\n        '404': {$ref
            a member more in answers  | size: {type: integer}   | size: {type: integer}, new: {type: string}
            a value more in answers   | [well, badly]           | [well, badly, so so]
            always there now          | required: [text, list]  | required: [text, list, size]
            a schema nobody asks for  | Told: {type: object     | Unused: {type: object}\\n    Told: {type: object
            a description             | Answer: {type           | Answer: {description: Well, type
            """)
    void what_breaks_nobody_is_let_pass(String change, String before, String after) {
        assertThat(small().breakagesIn(changed(before, after))).as(change).isEmpty();
    }

    private static Surface small() {
        return surfaceOf(SMALL);
    }

    private static Surface changed(String before, String after) {
        assertThat(SMALL).contains(before);
        return surfaceOf(SMALL.replace(before, after.replace("\\n", "\n")));
    }

    private static Surface surfaceOf(String text) {
        try {
            JsonNode document = YAML.readTree(text);
            return OpenApiSurface.of(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
