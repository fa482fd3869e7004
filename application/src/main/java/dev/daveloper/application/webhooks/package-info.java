/** Tells receivers of what happened: at least once, signed, and none of them behind another. */
@NullMarked
package dev.daveloper.application.webhooks;

import org.jspecify.annotations.NullMarked;
