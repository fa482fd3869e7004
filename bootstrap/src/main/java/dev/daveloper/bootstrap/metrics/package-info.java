/** What the gateway counts and measures, and where that is told. */
@NullMarked
package dev.daveloper.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
