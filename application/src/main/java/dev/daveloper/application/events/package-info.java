/** What happens here and matters elsewhere. */
@NullMarked
package dev.daveloper.application.events;

import org.jspecify.annotations.NullMarked;
