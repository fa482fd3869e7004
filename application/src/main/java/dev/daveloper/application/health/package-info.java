/** Asks every component how it is. */
@NullMarked
package dev.daveloper.application.health;

import org.jspecify.annotations.NullMarked;
