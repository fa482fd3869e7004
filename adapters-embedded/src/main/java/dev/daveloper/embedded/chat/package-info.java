/** Runs, their logs and messages in SQLite. */
@NullMarked
package dev.daveloper.embedded.chat;

import org.jspecify.annotations.NullMarked;
