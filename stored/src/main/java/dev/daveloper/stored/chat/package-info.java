/** Messages and events as they are kept: JSON that any version reads, bound to its place when it is sealed. */
@NullMarked
package dev.daveloper.stored.chat;

import org.jspecify.annotations.NullMarked;
