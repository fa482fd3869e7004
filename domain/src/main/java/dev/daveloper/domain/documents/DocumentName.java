package dev.daveloper.domain.documents;

import dev.daveloper.domain.failures.InvalidRequest;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of files as people send them, made fit to be shown. A name is never used as a path. */
public final class DocumentName {
    public static final int MAX_CHARS = 200;
    private static final Pattern FOLDERS = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    private static final int SENSIBLE_EXTENSION_CHARS = 10;

    /** Controls, formats (direction marks, invisible joiners), unassigned and private characters, lone surrogates. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private DocumentName() {}

    /**
     * The last part of what was sent, without what cannot be seen or would deceive, at most {@value #MAX_CHARS}
     * characters and still with its extension.
     *
     * @throws InvalidRequest when nothing is left
     */
    public static String clean(String sent) {
        String name =
                FOLDERS.matcher(Normalizer.normalize(sent, Normalizer.Form.NFC)).replaceFirst("");
        name = UNSEEN.matcher(name)
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .strip()
                .replaceFirst("^[.\\s]+", "");
        if (name.isEmpty()) {
            throw new InvalidRequest("#/file", "The file needs a name with an extension, such as report.pdf.");
        }
        return name.length() <= MAX_CHARS ? name : shortened(name);
    }

    /** The part behind the last full stop, in lower case; empty when there is none. */
    public static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String shortened(String name) {
        String extension = extension(name);
        String tail = extension.isEmpty() || extension.length() > SENSIBLE_EXTENSION_CHARS
                ? "…"
                : "…." + name.substring(name.length() - extension.length());
        int cut = MAX_CHARS - tail.length();
        return name.substring(0, Character.isHighSurrogate(name.charAt(cut - 1)) ? cut - 1 : cut) + tail;
    }
}
