/** The doors: {@link GrpcAgents} to reach an agent over gRPC, {@link AgentServer} to be one. */
@NullMarked
package dev.daveloper.grpc;

import org.jspecify.annotations.NullMarked;
