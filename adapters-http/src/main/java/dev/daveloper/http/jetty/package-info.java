/** The server below the routes: threads, connections, and what it turns down itself. */
@NullMarked
package dev.daveloper.http.jetty;

import org.jspecify.annotations.NullMarked;
