package dev.daveloper.domain.documents;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.regex.Pattern;

/** SHA-256 of a document's bytes, in lower-case hexadecimal: the same bytes in the same scope are the same document. */
public record ContentHash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ContentHash {
        if (!FORM.matcher(hex).matches()) {
            throw new InvalidValue("content hash", hex, "64 characters of 0-9 and a-f");
        }
    }
}
