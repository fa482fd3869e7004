/** Chat over REST, server-sent events and WebSocket. */
@NullMarked
package dev.daveloper.http.chat;

import org.jspecify.annotations.NullMarked;
