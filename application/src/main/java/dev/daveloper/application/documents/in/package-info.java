/** What documents offer. */
@NullMarked
package dev.daveloper.application.documents.in;

import org.jspecify.annotations.NullMarked;
