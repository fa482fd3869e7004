/** What sessions need: a place to keep them. */
@NullMarked
package dev.daveloper.application.sessions.out;

import org.jspecify.annotations.NullMarked;
