/** WebSockets, whatever is spoken on them: the handshake, the heartbeat, how many there may be, how they end. */
@NullMarked
package dev.daveloper.http.sockets;

import org.jspecify.annotations.NullMarked;
