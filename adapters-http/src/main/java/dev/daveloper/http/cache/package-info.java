/** Answers that are kept, and how clients and caches on the way are told of it. */
@NullMarked
package dev.daveloper.http.cache;

import org.jspecify.annotations.NullMarked;
