package dev.daveloper.application.tracing.out;

/**
 * All that spans tell beside their times, by the names of OpenTelemetry's semantic conventions where there are such.
 * What is not here cannot be told: nothing that somebody wrote, no address of a visitor, no token.
 */
public enum Attribute {
    REQUEST_METHOD("http.request.method"),
    /** The route as it was registered, with placeholders. */
    ROUTE("http.route"),
    STATUS("http.response.status_code"),
    /** What its failure is called, in one word. */
    ERROR_TYPE("error.type"),

    RPC_SYSTEM("rpc.system"),
    RPC_SERVICE("rpc.service"),
    RPC_METHOD("rpc.method"),
    RPC_STATUS("rpc.grpc.status_code"),
    SERVER_ADDRESS("server.address"),

    /** What an operation is for: {@code query}, {@code mutation} or {@code subscription}. */
    GRAPHQL_TYPE("graphql.operation.type"),
    /** One of the names that the operator has listed. */
    GRAPHQL_NAME("graphql.operation.name"),

    OPERATION("gen_ai.operation.name"),
    /** The session, whose id is a name and opens nothing. */
    CONVERSATION("gen_ai.conversation.id"),
    INPUT_TOKENS("gen_ai.usage.input_tokens"),
    OUTPUT_TOKENS("gen_ai.usage.output_tokens"),
    TOOL_NAME("gen_ai.tool.name"),
    TOOL_CALL("gen_ai.tool.call.id"),

    /** Which attempt at a delivery it is, from 1. */
    ATTEMPT("daveloper.webhook.attempt"),

    RUN("daveloper.run.id"),
    OUTCOME("daveloper.run.outcome"),
    /** 1 for an answer that was made for an earlier question and kept. */
    CACHED("daveloper.run.cached");

    private final String key;

    Attribute(String key) {
        this.key = key;
    }

    /** Its name for whoever reads the trace. */
    public String key() {
        return key;
    }
}
