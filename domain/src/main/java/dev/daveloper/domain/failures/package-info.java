/** Everything a caller can be refused with, each kind with a stable code. */
@NullMarked
package dev.daveloper.domain.failures;

import org.jspecify.annotations.NullMarked;
