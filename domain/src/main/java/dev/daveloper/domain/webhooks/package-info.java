/** Who is told of what happens, by which rules, and what came of it. */
@NullMarked
package dev.daveloper.domain.webhooks;

import org.jspecify.annotations.NullMarked;
