/** Rate limits counted in one process. */
@NullMarked
package dev.daveloper.embedded.ratelimits;

import org.jspecify.annotations.NullMarked;
