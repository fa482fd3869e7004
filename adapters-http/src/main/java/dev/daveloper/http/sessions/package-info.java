/** Sessions over REST. */
@NullMarked
package dev.daveloper.http.sessions;

import org.jspecify.annotations.NullMarked;
