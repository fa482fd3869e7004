/** What is kept for a while because making it anew costs something. */
@NullMarked
package dev.daveloper.domain.cache;

import org.jspecify.annotations.NullMarked;
