package dev.daveloper.bootstrap.config;

import dev.daveloper.embedded.EmbeddedStoresConfig;
import dev.daveloper.redis.RedisConfig;

/** Where sessions and conversations are kept. */
public sealed interface StoresChoice {
    /** In this process, for one node. */
    record Embedded(EmbeddedStoresConfig config) implements StoresChoice {}

    /** In a Redis, which any number of nodes share. */
    record InRedis(RedisConfig config) implements StoresChoice {}
}
