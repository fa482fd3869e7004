package dev.daveloper.http.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Those that the JDK trusts, and some more. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * @param more in PEM
     * @throws IllegalArgumentException when they cannot be read, in a sentence
     */
    static KeyStore with(Path more) {
        try (InputStream file = Files.newInputStream(more)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate usual : usual()) {
                store.setCertificateEntry("usual-" + number++, usual);
            }
            Collection<? extends Certificate> given =
                    CertificateFactory.getInstance("X.509").generateCertificates(file);
            for (Certificate one : given) {
                store.setCertificateEntry("given-" + number++, one);
            }
            if (given.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in " + more);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificates in " + more + " cannot be read (" + e + ")", e);
        }
    }

    private static X509Certificate[] usual() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusting) {
                return trusting.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }
}
