package dev.daveloper.application.chat;

import dev.daveloper.application.chat.in.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells requests apart that came with the same idempotency key: the SHA-256 of what makes the answer. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(ChatRequest request) {
        String options = request.useTools() + "|" + request.maxTokens() + "|";
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(options.getBytes(StandardCharsets.US_ASCII));
            digest.update(request.message().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
