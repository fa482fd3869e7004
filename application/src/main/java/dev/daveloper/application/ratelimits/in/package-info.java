/** What rate limits offer. */
@NullMarked
package dev.daveloper.application.ratelimits.in;

import org.jspecify.annotations.NullMarked;
