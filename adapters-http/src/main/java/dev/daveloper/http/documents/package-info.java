/** The library that ships with the gateway, to read. */
@NullMarked
package dev.daveloper.http.documents;

import org.jspecify.annotations.NullMarked;
