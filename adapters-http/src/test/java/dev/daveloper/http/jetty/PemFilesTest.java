package dev.daveloper.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.http.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
    private static TestCertificates rsa;
    private static TestCertificates ec;

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeAll
    static void make() {
        rsa = TestCertificates.make("RSA");
        ec = TestCertificates.make("EC");
    }

    @BeforeEach
    void write() throws Exception {
        certificate = Files.writeString(folder.resolve("cert.pem"), rsa.certificatePem());
        key = Files.writeString(folder.resolve("key.pem"), rsa.keyPem());
    }

    @Test
    void a_chain_and_its_key_become_a_key_store() throws Exception {
        TestCertificates signed = TestCertificates.makeSigned("RSA");
        Files.writeString(certificate, "what a human is told\n" + signed.certificatePem() + "# the end\n");
        Files.writeString(key, signed.keyPem());
        KeyStore store = read();
        String alias = store.aliases().nextElement();
        assertThat(signed.chain()).hasSize(2);
        assertThat(store.getCertificateChain(alias)).containsExactlyElementsOf(signed.chain());
        assertThat(store.getKey(alias, new char[0]).getEncoded())
                .isEqualTo(signed.key().getEncoded());
    }

    @Test
    void certificates_that_did_not_sign_each_other_are_refused() throws Exception {
        Files.writeString(certificate, rsa.certificatePem() + ec.certificatePem());
        assertThatThrownBy(this::read).hasMessageContaining("cert.pem and its key cannot be used");
    }

    @Test
    void keys_on_elliptic_curves_are_taken_too() throws Exception {
        ec.replace(certificate, key);
        assertThat(read().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void a_key_in_another_form_is_refused_with_the_way_out(String kind) throws Exception {
        Files.writeString(key, TestCertificates.pem(kind, new byte[16]));
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(key.toString(), kind, "openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void what_does_not_belong_together_is_refused() throws Exception {
        Files.writeString(key, TestCertificates.make("RSA").keyPem());
        assertThatThrownBy(this::read).hasMessageContaining("is not the key of");
        Files.writeString(key, ec.keyPem());
        assertThatThrownBy(this::read).hasMessageContaining("holds no RSA key");
    }

    @Test
    void what_cannot_be_read_is_named() throws Exception {
        Files.writeString(key, rsa.certificatePem());
        assertThatThrownBy(this::read).hasMessageContaining("key.pem holds no key");
        Files.writeString(certificate, rsa.keyPem());
        assertThatThrownBy(this::read).hasMessageContaining("cert.pem holds no certificate");
        Files.writeString(certificate, TestCertificates.pem("CERTIFICATE", new byte[30]));
        assertThatThrownBy(this::read).hasMessageContaining("cert.pem holds a certificate that cannot be read");
        Files.write(certificate, new byte[2 * 1024 * 1024]);
        assertThatThrownBy(this::read).hasMessageContaining("cert.pem is longer than");
        Files.delete(certificate);
        assertThatThrownBy(this::read).hasMessageContaining("cert.pem cannot be read");
    }

    @Test
    void other_kinds_of_keys_are_refused_by_name() throws Exception {
        TestCertificates.make("Ed25519").replace(certificate, key);
        assertThatThrownBy(this::read).hasMessageContaining("expected RSA or EC");
    }

    @Test
    void one_looks_at_intervals_longer_than_zero() {
        assertThatThrownBy(() -> new TlsConfig(certificate, key, Duration.ZERO)).hasMessageContaining("lookEvery");
        assertThat(new TlsConfig(certificate, key).lookEvery()).isEqualTo(Duration.ofSeconds(5));
    }

    private KeyStore read() {
        return PemFiles.read(new TlsConfig(certificate, key));
    }
}
