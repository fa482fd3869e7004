/** Who is told of what happens, for administrators, over REST. */
@NullMarked
package dev.daveloper.http.webhooks;

import org.jspecify.annotations.NullMarked;
