/** Documents over REST, server-sent events and WebSocket; and the library that ships with the gateway, to read. */
@NullMarked
package dev.daveloper.http.documents;

import org.jspecify.annotations.NullMarked;
