/** Who keeps endpoints and deliveries, who sends them, and who writes what is sent. */
@NullMarked
package dev.daveloper.application.webhooks.out;

import org.jspecify.annotations.NullMarked;
