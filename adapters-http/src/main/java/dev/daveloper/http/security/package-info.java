/** Who calls, and what foreign pages may not. */
@NullMarked
package dev.daveloper.http.security;

import org.jspecify.annotations.NullMarked;
