/** What a component says of itself. */
@NullMarked
package dev.daveloper.domain.health;

import org.jspecify.annotations.NullMarked;
