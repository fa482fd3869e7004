package dev.daveloper.http.jetty;

import dev.daveloper.http.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the certificate that new connections are shown at what its files hold. Open connections go on with the one they
 * began with. A pair that cannot be used is told once, and the one before it stays.
 */
final class Certificates extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final TlsConfig tls;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Instant expiry;
    private List<Object> seen;
    private @Nullable Thread watcher;

    /** @throws IllegalArgumentException when the files cannot be used */
    Certificates(TlsConfig tls) {
        this.tls = tls;
        this.seen = stamps();
        KeyStore pair = PemFiles.read(tls);
        use(context, pair);
        this.expiry = expiryOf(pair);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setRenegotiationAllowed(false);
        context.setSniRequired(false);
    }

    /** What TLS connections are made with. */
    SslContextFactory.Server context() {
        return context;
    }

    /** When the first one expires of those that new connections are shown. */
    Instant expiry() {
        return expiry;
    }

    private static Instant expiryOf(KeyStore pair) {
        try {
            return Collections.list(pair.aliases()).stream()
                    .flatMap(alias -> chainOf(pair, alias))
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .map(certificate -> certificate.getNotAfter().toInstant())
                    .min(Instant::compareTo)
                    .orElse(Instant.MAX);
        } catch (KeyStoreException e) {
            throw new IllegalStateException("a key store that was just made is there", e);
        }
    }

    private static Stream<Certificate> chainOf(KeyStore pair, String alias) {
        try {
            return Stream.of(Objects.requireNonNull(pair.getCertificateChain(alias)));
        } catch (KeyStoreException e) {
            throw new IllegalStateException("a key store that was just made is there", e);
        }
    }

    @Override
    protected void doStart() {
        watcher = Thread.ofVirtual().name("tls-files").start(this::watch);
    }

    @Override
    protected void doStop() throws InterruptedException {
        stopped.countDown();
        Thread running = watcher;
        if (running != null) {
            running.join();
        }
    }

    /** Whether its thread is there. */
    boolean isWatching() {
        Thread running = watcher;
        return running != null && running.isAlive();
    }

    private void watch() {
        try {
            while (!stopped.await(tls.lookEvery().toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes over what the files hold when they are not as they were. */
    private void look() {
        List<Object> now = stamps();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            KeyStore pair = PemFiles.read(tls);
            context.reload(running -> use((SslContextFactory.Server) running, pair));
            expiry = expiryOf(pair);
            LOG.info("the certificate was read again");
        } catch (Exception e) {
            LOG.warn("the new certificate cannot be used, the one before it stays: {}", e.getMessage());
        }
    }

    private static void use(SslContextFactory.Server context, KeyStore pair) {
        context.setKeyStore(pair);
        context.setKeyStorePassword("");
    }

    /** By what it is seen that a file was changed or replaced; where it cannot be looked at, that. */
    private List<Object> stamps() {
        List<Object> stamps = new ArrayList<>();
        for (Path file : List.of(tls.certificate(), tls.key())) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(attributes.lastModifiedTime());
                stamps.add(attributes.size());
                stamps.add(String.valueOf(attributes.fileKey()));
            } catch (IOException e) {
                stamps.add(e.getClass());
            }
        }
        return stamps;
    }
}
