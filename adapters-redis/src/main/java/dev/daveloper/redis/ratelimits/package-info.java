/** Rate limits in Redis. */
@NullMarked
package dev.daveloper.redis.ratelimits;

import org.jspecify.annotations.NullMarked;
