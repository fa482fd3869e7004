/** What health offers. */
@NullMarked
package dev.daveloper.application.health.in;

import org.jspecify.annotations.NullMarked;
