/** Who records it. */
@NullMarked
package dev.daveloper.application.tracing.out;

import org.jspecify.annotations.NullMarked;
