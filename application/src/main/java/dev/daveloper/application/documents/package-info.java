/** Documents: who may do what to them, and how their ingestion is followed. */
@NullMarked
package dev.daveloper.application.documents;

import org.jspecify.annotations.NullMarked;
