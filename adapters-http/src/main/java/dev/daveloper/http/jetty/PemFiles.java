package dev.daveloper.http.jetty;

import dev.daveloper.http.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a certificate and its key from PEM files (RFC 7468). Of what is wrong it names the file and the way out. */
final class PemFiles {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final long MAX_BYTES = 1024 * 1024;
    private static final byte[] PROOF = "daveloper".getBytes(StandardCharsets.US_ASCII);

    private PemFiles() {}

    /**
     * A key store that holds the pair, without a password.
     *
     * @throws IllegalArgumentException when a file cannot be read or used, or the two do not belong together
     */
    static KeyStore read(TlsConfig tls) {
        List<Certificate> chain = certificates(tls.certificate());
        PublicKey known = chain.getFirst().getPublicKey();
        PrivateKey key = key(tls.key(), known.getAlgorithm());
        try {
            requirePair(tls, key, known);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("gateway", key, new char[0], chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(tls.certificate() + " and its key cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> certificates(Path file) {
        List<Certificate> chain = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text(file));
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (blocks.find()) {
                if (blocks.group(1).equals(CERTIFICATE)) {
                    byte[] bytes = Base64.getMimeDecoder().decode(blocks.group(2));
                    chain.add(factory.generateCertificate(new ByteArrayInputStream(bytes)));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " holds a certificate that cannot be read", e);
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no certificate: expected -----BEGIN CERTIFICATE-----");
        }
        return chain;
    }

    private static PrivateKey key(Path file, String algorithm) {
        Matcher blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.equals(KEY)) {
                return key(file, algorithm, blocks.group(2));
            }
            if (kind.endsWith(KEY)) {
                throw new IllegalArgumentException(file + " holds a key as '" + kind
                        + "'; turn it into one as PKCS#8 by: openssl pkcs8 -topk8 -nocrypt -in old.pem -out key.pem");
            }
        }
        throw new IllegalArgumentException(file + " holds no key: expected -----BEGIN PRIVATE KEY-----");
    }

    private static PrivateKey key(Path file, String algorithm, String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " holds no " + algorithm + " key, as the certificate needs it", e);
        }
    }

    private static void requirePair(TlsConfig tls, PrivateKey key, PublicKey known) throws GeneralSecurityException {
        Signature signature = switch (key.getAlgorithm()) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            default ->
                throw new IllegalArgumentException(
                        tls.key() + " holds a key of the kind " + key.getAlgorithm() + ": expected RSA or EC");
        };
        signature.initSign(key);
        signature.update(PROOF);
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(PROOF);
        if (!signature.verify(signed)) {
            throw new IllegalArgumentException(tls.key() + " is not the key of " + tls.certificate());
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is longer than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }
}
