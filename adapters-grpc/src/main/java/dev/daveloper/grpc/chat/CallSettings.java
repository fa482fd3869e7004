package dev.daveloper.grpc.chat;

import java.time.Duration;

/**
 * How long calls to an agent may take.
 *
 * @param callTimeout for listing tools
 * @param toolTimeout for trying a tool
 */
public record CallSettings(Duration callTimeout, Duration toolTimeout) {}
