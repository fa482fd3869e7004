package dev.daveloper.application.documents.in;

import java.util.Optional;

/** The documents that everybody may read: those that ship with the gateway, which its own agent cites. */
public interface Library {
    /** The Markdown source of the document with this path, such as {@code guides/agents}; empty when there is none. */
    Optional<String> markdown(String path);
}
