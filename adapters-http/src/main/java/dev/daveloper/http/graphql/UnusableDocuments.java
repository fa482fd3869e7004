package dev.daveloper.http.graphql;

import java.nio.file.Path;

/** The file of {@link GraphConfig#trustedDocuments()} cannot be used; the message says why, for the operator. */
public final class UnusableDocuments extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why what is wrong, to stand behind the file's name */
    UnusableDocuments(Path file, String why) {
        super(file + ": " + why);
    }
}
