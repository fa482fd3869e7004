/** Documents of one process: kept in a directory, ingested in the background, found by their passages. */
@NullMarked
package dev.daveloper.embedded.documents.ingestion;

import org.jspecify.annotations.NullMarked;
