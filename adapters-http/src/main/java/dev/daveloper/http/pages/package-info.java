/** The pages and what they load. */
@NullMarked
package dev.daveloper.http.pages;

import org.jspecify.annotations.NullMarked;
