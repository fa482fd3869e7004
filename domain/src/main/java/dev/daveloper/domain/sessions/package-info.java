/** Anonymous sessions: who they are, how they prove it, and when they end. */
@NullMarked
package dev.daveloper.domain.sessions;

import org.jspecify.annotations.NullMarked;
