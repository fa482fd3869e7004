/** What rate limits need: somebody who counts, and a place for changed policies. */
@NullMarked
package dev.daveloper.application.ratelimits.out;

import org.jspecify.annotations.NullMarked;
