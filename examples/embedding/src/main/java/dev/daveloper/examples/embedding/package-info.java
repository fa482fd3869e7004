/** The core inside an application of your own. */
@NullMarked
package dev.daveloper.examples.embedding;

import org.jspecify.annotations.NullMarked;
