/** The agent port on both sides of the wire: {@code GrpcAgent} calls, {@code AgentEndpoint} is called. */
@NullMarked
package dev.daveloper.grpc.chat;

import org.jspecify.annotations.NullMarked;
