/** Spans as OpenTelemetry has them, and how they are sent to a collector. Nothing else knows OpenTelemetry. */
@NullMarked
package dev.daveloper.bootstrap.tracing;

import org.jspecify.annotations.NullMarked;
