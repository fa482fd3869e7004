/** Who is told of what happens, and how far that has come, in Redis. */
@NullMarked
package dev.daveloper.redis.webhooks;

import org.jspecify.annotations.NullMarked;
