/** Every store over Redis, by Lettuce. */
@NullMarked
package dev.daveloper.redis;

import org.jspecify.annotations.NullMarked;
