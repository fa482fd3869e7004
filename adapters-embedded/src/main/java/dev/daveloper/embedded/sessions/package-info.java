/** Sessions in SQLite. */
@NullMarked
package dev.daveloper.embedded.sessions;

import org.jspecify.annotations.NullMarked;
