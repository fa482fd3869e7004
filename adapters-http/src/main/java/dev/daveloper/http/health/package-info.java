/** How the gateway is, for people, load balancers and orchestrators. */
@NullMarked
package dev.daveloper.http.health;

import org.jspecify.annotations.NullMarked;
