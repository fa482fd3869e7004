/** What nodes that share a Redis tell each other. */
@NullMarked
package dev.daveloper.redis.events;

import org.jspecify.annotations.NullMarked;
