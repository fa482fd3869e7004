package dev.daveloper.embedded.chat.agent;

/** What an endpoint that speaks OpenAI's chat completions sends, chunk by chunk. */
final class ModelChunks {
    static final String STOP =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    static final String USAGE =
            "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":7,"
                    + "\"total_tokens\":127}}\n\n";
    static final String DONE = "data: [DONE]\n\n";

    private ModelChunks() {}

    static String text(String part) {
        return "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + part + "\"}}]}\n\n";
    }

    static String call(String id, String name, String arguments) {
        return "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"tool_calls\":["
                + "{\"index\":0,\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name
                + "\",\"arguments\":\""
                + arguments + "\"}}]}}]}\n\n";
    }

    static String callGoesOn(String arguments) {
        return "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":"
                + "{\"arguments\":\"" + arguments + "\"}}]}}]}\n\n";
    }

    static String toolStop() {
        return "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n";
    }
}
