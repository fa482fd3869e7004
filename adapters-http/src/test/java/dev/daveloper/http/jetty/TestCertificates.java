package dev.daveloper.http.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} and its key, made for this test run.
 *
 * @param kind {@code RSA} or {@code EC}
 */
record TestCertificates(String kind, List<Certificate> chain, Key key) {
    private static final String PASSWORD = "changeit";

    /** Signed with itself. */
    static TestCertificates make(String kind) {
        return make(kind, List.of());
    }

    /** Signed by an authority of its own, which stands behind it. */
    static TestCertificates makeSigned(String kind) {
        return make(kind, List.of("-signer", "authority"));
    }

    private static TestCertificates make(String kind, List<String> signer) {
        try {
            Path store = Files.createTempDirectory("tls").resolve("store.p12");
            if (!signer.isEmpty()) {
                generate(store, "authority", kind, List.of("-ext", "bc:c"));
            }
            generate(store, kind, kind, signer);
            KeyStore pair = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                pair.load(in, PASSWORD.toCharArray());
            }
            return new TestCertificates(
                    kind, List.of(pair.getCertificateChain(kind)), pair.getKey(kind, PASSWORD.toCharArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void generate(Path store, String name, String kind, List<String> more)
            throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", name, "-keyalg", kind));
        command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=dns:localhost,ip:127.0.0.1"));
        command.addAll(List.of("-validity", "36500", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.toString()));
        if (kind.equals("RSA")) {
            command.addAll(List.of("-keysize", "2048"));
        }
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    Certificate certificate() {
        return chain.getFirst();
    }

    String certificatePem() throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Certificate each : chain) {
            text.append(pem("CERTIFICATE", each.getEncoded()));
        }
        return text.toString();
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Puts both in the place of what is there, each at once. */
    void replace(Path certificateFile, Path keyFile) throws IOException, GeneralSecurityException {
        replace(certificateFile, certificatePem());
        replace(keyFile, keyPem());
    }

    static void replace(Path file, String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** For clients that trust these, and no others. */
    static SSLContext trusting(List<TestCertificates> certificates) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (TestCertificates each : certificates) {
            trusted.setCertificateEntry(each.kind(), each.certificate());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    static String pem(String kind, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
