/** Documents over gRPC, on both sides of the wire. */
@NullMarked
package dev.daveloper.grpc.documents;

import org.jspecify.annotations.NullMarked;
