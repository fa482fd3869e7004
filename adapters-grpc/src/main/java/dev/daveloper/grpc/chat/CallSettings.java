package dev.daveloper.grpc.chat;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What every call to an agent has in common.
 *
 * @param callTimeout for listing tools
 * @param toolTimeout for trying a tool
 * @param metadata asked at every call, on the calling thread: names, in lower case, and values to send along
 */
public record CallSettings(Duration callTimeout, Duration toolTimeout, Supplier<Map<String, String>> metadata) {}
