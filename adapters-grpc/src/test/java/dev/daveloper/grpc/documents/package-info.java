/** Tests of what is understood and what is left out. */
@NullMarked
package dev.daveloper.grpc.documents;

import org.jspecify.annotations.NullMarked;
