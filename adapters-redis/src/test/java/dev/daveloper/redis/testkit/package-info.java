/** Real Redis servers as processes, and the faults that they meet, for the tests of this module and of others. */
@NullMarked
package dev.daveloper.redis.testkit;

import org.jspecify.annotations.NullMarked;
