/** Who listens to what happens in the gateway. */
@NullMarked
package dev.daveloper.bootstrap.events;

import org.jspecify.annotations.NullMarked;
