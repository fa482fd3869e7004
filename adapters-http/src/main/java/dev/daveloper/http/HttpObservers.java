package dev.daveloper.http;

import dev.daveloper.http.health.Figures;

/**
 * Who measures what goes on here, and tells the status page of it.
 *
 * @param figures what the status page tells of measurements
 */
public record HttpObservers(RequestListener requests, SocketListener sockets, GraphListener graphs, Figures figures) {
    /** Nobody does. */
    public static final HttpObservers NONE =
            new HttpObservers(RequestListener.NONE, SocketListener.NONE, GraphListener.NONE, Figures.NONE);
}
