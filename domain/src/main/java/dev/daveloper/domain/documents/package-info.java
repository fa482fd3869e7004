/** Documents and their way in: what they are, whose they are, and how their ingestion stands. */
@NullMarked
package dev.daveloper.domain.documents;

import org.jspecify.annotations.NullMarked;
