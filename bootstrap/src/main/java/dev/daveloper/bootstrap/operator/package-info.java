/** What the commands have in common by which an administrator talks to a running gateway from a terminal. */
@NullMarked
package dev.daveloper.bootstrap.operator;

import org.jspecify.annotations.NullMarked;
