/** The HTTP side of the gateway: its one door, and what every route shares. */
@NullMarked
package dev.daveloper.http;

import org.jspecify.annotations.NullMarked;
