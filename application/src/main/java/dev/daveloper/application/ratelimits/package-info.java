/** Says what callers may do now, and keeps the books. */
@NullMarked
package dev.daveloper.application.ratelimits;

import org.jspecify.annotations.NullMarked;
