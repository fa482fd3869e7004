/** Takes the text out of files that strangers send. */
@NullMarked
package dev.daveloper.embedded.documents.extraction;

import org.jspecify.annotations.NullMarked;
