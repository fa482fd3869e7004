/** What chat offers to every transport and to an embedding application. */
@NullMarked
package dev.daveloper.application.chat.in;

import org.jspecify.annotations.NullMarked;
