/** Who wants to hear what happened. */
@NullMarked
package dev.daveloper.application.events.out;

import org.jspecify.annotations.NullMarked;
