/** The cache: who makes an entry, who waits for it, who is given which, and what is counted. */
@NullMarked
package dev.daveloper.application.cache;

import org.jspecify.annotations.NullMarked;
