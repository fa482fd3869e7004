package dev.daveloper.bootstrap;

import dev.daveloper.application.cache.in.CacheControl;
import dev.daveloper.application.cache.in.CacheControl.Warmed;
import dev.daveloper.domain.failures.InvalidRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes ahead what is configured, while the gateway serves already. */
final class Warming implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Warming.class);

    private final Thread thread;

    private Warming(Thread thread) {
        this.thread = thread;
    }

    /** @throws CannotStart when there is nothing of one of these names */
    static Warming start(List<String> names, CacheControl control) throws CannotStart {
        List<String> known = control.warmable();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new CannotStart("cache.warm names '" + name + "', and what can be made ahead is: "
                        + String.join(", ", known) + ".");
            }
        }
        return new Warming(Thread.ofVirtual().name("warming").start(() -> warm(names, control)));
    }

    private static void warm(List<String> names, CacheControl control) {
        try {
            Warmed warmed = control.warm(names, so -> {});
            if (warmed.of() > 0) {
                LOG.info(
                        "made ahead {} of {}, {} were fresh, {} failed",
                        warmed.made(),
                        warmed.of(),
                        warmed.fresh(),
                        warmed.failed());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (InvalidRequest e) {
            LOG.warn("nothing was made ahead: {}", e.detail());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
