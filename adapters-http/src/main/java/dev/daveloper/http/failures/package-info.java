/** What is told of failures, how they are explained and counted, and who hears of those that nobody expected. */
@NullMarked
package dev.daveloper.http.failures;

import org.jspecify.annotations.NullMarked;
