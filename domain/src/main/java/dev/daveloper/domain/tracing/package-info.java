/** Which trace something belongs to, across processes. */
@NullMarked
package dev.daveloper.domain.tracing;

import org.jspecify.annotations.NullMarked;
