/** Conversations in Redis. */
@NullMarked
package dev.daveloper.redis.chat;

import org.jspecify.annotations.NullMarked;
