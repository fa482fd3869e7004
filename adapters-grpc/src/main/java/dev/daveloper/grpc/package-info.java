/**
 * The doors: {@link GrpcAgents} to reach an agent over gRPC, {@link AgentServer} to be one;
 * {@link GrpcDocumentServices} and {@link DocumentsServer} for documents. What the features share in calling and being
 * called stands here, too.
 */
@NullMarked
package dev.daveloper.grpc;

import org.jspecify.annotations.NullMarked;
