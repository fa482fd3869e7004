/** Who is told of what happens, and how far that has come, in SQLite. */
@NullMarked
package dev.daveloper.embedded.webhooks;

import org.jspecify.annotations.NullMarked;
