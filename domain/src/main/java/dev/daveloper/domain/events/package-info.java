/** What happened in the gateway, for those who listen: logs, metrics, webhooks. */
@NullMarked
package dev.daveloper.domain.events;

import org.jspecify.annotations.NullMarked;
