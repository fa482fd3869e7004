/** What documents need: somebody who keeps, ingests and finds them. */
@NullMarked
package dev.daveloper.application.documents.out;

import org.jspecify.annotations.NullMarked;
