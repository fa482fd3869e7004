/** Makes answers: the run, its pump, its log and its followers. */
@NullMarked
package dev.daveloper.application.chat;

import org.jspecify.annotations.NullMarked;
