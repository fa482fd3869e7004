package dev.daveloper.redis.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key of its own and a certificate for 127.0.0.1 and localhost that only itself vouches for, made anew by the JDK's
 * {@code keytool} and good for two days. The files are gone when it is closed. Immutable.
 */
public final class TlsIdentity implements AutoCloseable {
    /** Of the key store; no secret. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";

    private final Folder folder;
    private final SSLContext context;

    private TlsIdentity(Folder folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        make();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keyStore())) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        this.context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        Files.writeString(certificate(), pem(keys.getCertificate(ALIAS).getEncoded()));
    }

    /** @throws IllegalStateException if it cannot be made */
    public static TlsIdentity create() {
        Folder folder = Folder.create("tls-identity");
        try {
            return new TlsIdentity(folder);
        } catch (IOException | GeneralSecurityException | IllegalStateException failed) {
            folder.delete();
            throw new IllegalStateException("no certificate could be made", failed);
        }
    }

    private void make() throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore().toString(),
                "-storepass",
                PASSWORD);
        ServerProcess process = ServerProcess.start(command, folder.path(), folder.file("keytool.log"));
        if (process.awaitExit() != 0) {
            throw new IllegalStateException(folder.read("keytool.log"));
        }
    }

    private static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Serves with this certificate; as a client it trusts whom the JDK trusts, so not this. */
    public SSLContext context() {
        return context;
    }

    /** The certificate as PEM, for clients to trust. */
    public Path certificate() {
        return folder.path().resolve("certificate.pem");
    }

    /** Key and certificate as PKCS 12, opened by {@link #PASSWORD}. */
    public Path keyStore() {
        return folder.path().resolve("identity.p12");
    }

    @Override
    public void close() {
        folder.delete();
    }
}
