/** What happens on behalf of one cause, followed through the gateway. */
@NullMarked
package dev.daveloper.application.tracing;

import org.jspecify.annotations.NullMarked;
