package dev.daveloper.bootstrap.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What an administrator proves to be one with. It is shown nowhere. */
public record AdminKey(String value) {
    public static final int MAX_CHARS = 4096;

    /** What a header can carry. */
    private static final Pattern FORM = Pattern.compile("[!-~]([ -~]*[!-~])?");

    private static boolean canBe(String text) {
        return text.length() <= MAX_CHARS && FORM.matcher(text).matches();
    }

    /** The key in a text from somewhere; what is wrong with it is told as a sentence. */
    public static Optional<AdminKey> of(String text, String where, Consumer<String> wrong) {
        String stripped = text.strip();
        if (canBe(stripped)) {
            return Optional.of(new AdminKey(stripped));
        }
        wrong.accept(
                stripped.isEmpty()
                        ? "There is no admin key in " + where + "."
                        : "What is in " + where + " is no admin key: one line of at most " + MAX_CHARS
                                + " characters of ASCII.");
        return Optional.empty();
    }

    public static Optional<AdminKey> in(Path file, String name, Consumer<String> wrong) {
        try (InputStream in = Files.newInputStream(file)) {
            // One more than a key may have and a line end: what is longer is no key.
            return of(new String(in.readNBytes(MAX_CHARS + 3), StandardCharsets.UTF_8), name, wrong);
        } catch (IOException e) {
            wrong.accept("The admin key cannot be read from " + name + ": " + Reasons.of(e) + ".");
            return Optional.empty();
        }
    }

    public String authorization() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "AdminKey[***]";
    }
}
