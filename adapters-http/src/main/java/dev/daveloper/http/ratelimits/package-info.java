/** Counts what callers do, tells them how they stand, and lets administrators look and change. */
@NullMarked
package dev.daveloper.http.ratelimits;

import org.jspecify.annotations.NullMarked;
