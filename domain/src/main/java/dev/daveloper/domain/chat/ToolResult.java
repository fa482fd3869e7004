package dev.daveloper.domain.chat;

/**
 * What a tool gave back.
 *
 * @param ok whether the tool did what it was asked to
 * @param output its answer when ok, otherwise why not; text for the model, often JSON
 */
public record ToolResult(boolean ok, String output) {}
