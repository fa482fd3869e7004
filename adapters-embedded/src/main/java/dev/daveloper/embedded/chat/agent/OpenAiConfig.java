package dev.daveloper.embedded.chat.agent;

import java.net.URI;

/**
 * A model behind an endpoint that speaks OpenAI's chat completions.
 *
 * @param baseUrl what {@code /chat/completions} is appended to, such as {@code https://api.openai.com/v1}
 * @param apiKey sent as a bearer token; empty for endpoints that need none
 * @param model the model's name, as the endpoint knows it
 */
public record OpenAiConfig(URI baseUrl, String apiKey, String model) {
    public OpenAiConfig {
        String scheme = baseUrl.getScheme();
        if (baseUrl.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "agent.openai.base-url must be an http(s) address, not '" + baseUrl + "'");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("agent.openai.model must be the name of a model, not empty");
        }
    }

    @Override
    public String toString() {
        return "OpenAiConfig[baseUrl=" + baseUrl + ", apiKey=***, model=" + model + "]";
    }
}
