package dev.daveloper.domain.chat;

/**
 * A JSON text that the core carries and does not look into. Whoever makes one has seen to it that it is well-formed.
 */
public record Json(String text) {
    public static final Json EMPTY_OBJECT = new Json("{}");
}
