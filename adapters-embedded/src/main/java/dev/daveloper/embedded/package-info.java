/** The ports of the core in one process: {@link EmbeddedStores} is the door to those that keep things, in SQLite. */
@NullMarked
package dev.daveloper.embedded;

import org.jspecify.annotations.NullMarked;
