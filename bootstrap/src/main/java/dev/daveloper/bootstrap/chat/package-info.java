/** What the program adds around chat. */
@NullMarked
package dev.daveloper.bootstrap.chat;

import org.jspecify.annotations.NullMarked;
