/** What a release promises to those who build on it, and what the changelog says of it. */
@NullMarked
package dev.daveloper.bootstrap.release;

import org.jspecify.annotations.NullMarked;
