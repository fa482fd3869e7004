/** Sessions in Redis. */
@NullMarked
package dev.daveloper.redis.sessions;

import org.jspecify.annotations.NullMarked;
