package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.daveloper.http.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CertificatesTest {
    private static TestCertificates first;
    private static TestCertificates second;

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private Certificates certificates;
    private Path certificate;
    private Path key;

    @BeforeAll
    static void make() {
        first = TestCertificates.make("RSA");
        second = TestCertificates.make("EC");
    }

    @BeforeEach
    void start() throws Exception {
        logged.start();
        log().addAppender(logged);
        log().setLevel(Level.INFO);
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        first.replace(certificate, key);
        certificates = new Certificates(new TlsConfig(certificate, key, Duration.ofMillis(10)));
        LifeCycle.start(certificates.context());
        LifeCycle.start(certificates);
    }

    @AfterEach
    void stop() {
        LifeCycle.stop(certificates);
        LifeCycle.stop(certificates.context());
        log().detachAppender(logged);
        log().setLevel(null);
    }

    @Test
    void a_pair_is_taken_over_when_both_files_are_there() throws Exception {
        TestCertificates.replace(certificate, second.certificatePem());
        await().until(() -> warnings().size() == 1);
        assertThat(inUse()).isEqualTo(first.certificate());
        TestCertificates.replace(key, second.keyPem());
        await().until(() -> inUse().equals(second.certificate()));
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void what_cannot_be_used_is_told_once_and_the_old_pair_stays() throws Exception {
        Files.delete(key);
        await().until(() -> warnings().size() == 1);
        assertThat(warnings().getFirst().getFormattedMessage())
                .contains("the one before it stays", "key.pem cannot be read");
        TestCertificates.replace(key, "nothing of the kind");
        await().until(() -> warnings().size() == 2);
        assertThat(inUse()).isEqualTo(first.certificate());
        TestCertificates.replace(key, first.keyPem());
        await().until(() -> logged.list.getLast().getLevel() == Level.INFO);
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void when_it_expires_is_known_and_is_of_the_one_in_use() throws Exception {
        assertThat(certificates.expiry()).isEqualTo(expiryOf(first));
        second.replace(certificate, key);
        await().until(() -> inUse().equals(second.certificate()));
        await().untilAsserted(() -> assertThat(certificates.expiry()).isEqualTo(expiryOf(second)));
    }

    private static Instant expiryOf(TestCertificates made) {
        return ((X509Certificate) made.certificate()).getNotAfter().toInstant();
    }

    @Test
    void its_thread_ends_with_it() {
        LifeCycle.stop(certificates);
        assertThat(certificates.isWatching()).isFalse();
    }

    private Certificate inUse() throws Exception {
        KeyStore store = certificates.context().getKeyStore();
        return store.getCertificate(store.aliases().nextElement());
    }

    private List<ILoggingEvent> warnings() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .toList();
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(Certificates.class);
    }
}
