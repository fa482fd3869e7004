package dev.daveloper.bootstrap.operator;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** Why something failed, as the part of a sentence for people. */
public final class Reasons {
    private static final int MAX_CHARS = 500;

    /** What a terminal obeys, ends a line, or turns the direction of writing. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069]");

    private Reasons() {}

    public static String of(IOException e) {
        String reason = e instanceof FileSystemException inFiles ? inFiles.getReason() : e.getMessage();
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case AccessDeniedException denied -> "access is denied";
            case FileAlreadyExistsException there -> "it is there already";
            default -> reason == null ? e.getClass().getSimpleName() : shown(reason);
        };
    }

    /** A text from elsewhere, harmless on a terminal and not too long. */
    public static String shown(String text) {
        String seen = UNSEEN.matcher(text.strip()).replaceAll("?");
        return seen.length() <= MAX_CHARS ? seen : seen.substring(0, MAX_CHARS) + "...";
    }
}
