/** The cache in one process. */
@NullMarked
package dev.daveloper.embedded.cache;

import org.jspecify.annotations.NullMarked;
