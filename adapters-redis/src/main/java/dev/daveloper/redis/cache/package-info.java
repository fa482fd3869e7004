/** What is kept for a while, in Redis and near. */
@NullMarked
package dev.daveloper.redis.cache;

import org.jspecify.annotations.NullMarked;
