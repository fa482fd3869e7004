/** What features and operators may do with the cache. */
@NullMarked
package dev.daveloper.application.cache.in;

import org.jspecify.annotations.NullMarked;
