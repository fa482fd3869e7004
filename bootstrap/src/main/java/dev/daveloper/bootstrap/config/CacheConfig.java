package dev.daveloper.bootstrap.config;

import java.util.List;

/**
 * How much is kept, and what is made ahead.
 *
 * @param maxBytes in a node's memory
 * @param warm the names of what is made when the gateway starts
 */
public record CacheConfig(long maxBytes, List<String> warm) {
    public CacheConfig {
        warm = List.copyOf(warm);
    }
}
