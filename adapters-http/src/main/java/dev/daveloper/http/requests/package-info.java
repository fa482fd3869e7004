/** Reads requests strictly and writes answers. */
@NullMarked
package dev.daveloper.http.requests;

import org.jspecify.annotations.NullMarked;
