/** Tests over real sockets: faults are made, not mocked. */
@NullMarked
package dev.daveloper.grpc;

import org.jspecify.annotations.NullMarked;
