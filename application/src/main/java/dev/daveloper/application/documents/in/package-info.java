/** What documents offer: those that ship with the gateway, to read, and those that people bring. */
@NullMarked
package dev.daveloper.application.documents.in;

import org.jspecify.annotations.NullMarked;
