/** What may be done how often: policies, the rule they are kept by, and what it says of a request. */
@NullMarked
package dev.daveloper.domain.ratelimits;

import org.jspecify.annotations.NullMarked;
