package dev.daveloper.domain.chat;

/**
 * Something an agent can do on the way to an answer.
 *
 * @param name unique within an agent
 * @param parameters a JSON Schema (2020-12) of its arguments, an object
 */
public record Tool(String name, String description, Json parameters) {}
