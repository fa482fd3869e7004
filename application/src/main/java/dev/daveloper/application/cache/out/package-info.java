/** What the cache needs. */
@NullMarked
package dev.daveloper.application.cache.out;

import org.jspecify.annotations.NullMarked;
