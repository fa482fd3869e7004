/** Webhooks in a terminal: what {@code daveloper webhooks listen} does. */
@NullMarked
package dev.daveloper.bootstrap.webhooks;

import org.jspecify.annotations.NullMarked;
