/** The command {@code cache}: what an administrator does from a terminal with the cache of a running gateway. */
@NullMarked
package dev.daveloper.bootstrap.cache;

import org.jspecify.annotations.NullMarked;
