/** What sessions offer. */
@NullMarked
package dev.daveloper.application.sessions.in;

import org.jspecify.annotations.NullMarked;
