/** The written form of what a cache keeps. */
@NullMarked
package dev.daveloper.stored.cache;

import org.jspecify.annotations.NullMarked;
