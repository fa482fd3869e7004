/** Documents in one process: the bundled library, and retrieval of passages. */
@NullMarked
package dev.daveloper.embedded.documents;

import org.jspecify.annotations.NullMarked;
