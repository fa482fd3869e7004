package dev.daveloper.bootstrap.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What webhooks need beside their bounds, which are the core's.
 *
 * @param enabled whether there are any
 * @param connectTimeout how long it may take until a receiver is connected to; no longer than an attempt in all
 * @param certificates a PEM file of what is trusted beside the usual
 * @param withText whether receivers are told what was answered
 */
public record WebhooksConfig(boolean enabled, Duration connectTimeout, Optional<Path> certificates, boolean withText) {}
