/** What is told of failures, and how they are explained. */
@NullMarked
package dev.daveloper.http.failures;

import org.jspecify.annotations.NullMarked;
