/** What administrators ask of webhooks. */
@NullMarked
package dev.daveloper.application.webhooks.in;

import org.jspecify.annotations.NullMarked;
