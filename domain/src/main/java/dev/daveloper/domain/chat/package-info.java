/** A run is one answer being made; these are its values and rules. */
@NullMarked
package dev.daveloper.domain.chat;

import org.jspecify.annotations.NullMarked;
