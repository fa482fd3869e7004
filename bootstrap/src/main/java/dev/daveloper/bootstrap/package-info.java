/** The program: its commands, and the wiring of everything by plain {@code new}. */
@NullMarked
package dev.daveloper.bootstrap;

import org.jspecify.annotations.NullMarked;
