package dev.daveloper.http.requests;

import io.javalin.security.RouteRole;

/**
 * How a route treats what a request brings beside its path. A route that does not say takes nothing: a query parameter
 * or a member of a body that is sent all the same is refused by its name, since it is most often misspelt or meant for
 * another route. Headers that a route does not know are always passed over.
 */
public enum Input implements RouteRole {
    /** The route reads the query and the body, and refuses what it does not know, itself. */
    READ,
    /** A page, or what machines look at whose address others decorate: the query means nothing and does no harm. */
    IGNORED
}
