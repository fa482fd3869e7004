/** What all stores have in common: how things are written where they are kept, and who is woken by a change. */
@NullMarked
package dev.daveloper.stored;

import org.jspecify.annotations.NullMarked;
