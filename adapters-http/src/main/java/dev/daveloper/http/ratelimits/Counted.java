package dev.daveloper.http.ratelimits;

import io.javalin.security.RouteRole;

/** How a route is counted, where it is not like most. */
public enum Counted implements RouteRole {
    /** It asks itself, when it knows how much the call takes; see {@link Gate#enterOrOpen}. */
    BY_ITSELF
}
