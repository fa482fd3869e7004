/** What chat needs: an agent, and a place to keep runs, their logs and messages. */
@NullMarked
package dev.daveloper.application.chat.out;

import org.jspecify.annotations.NullMarked;
