package dev.daveloper.grpc;

import java.nio.file.Path;

/**
 * A certificate and its key, both in PEM. The files are looked at again every minute: renewed ones are taken up
 * without a restart.
 *
 * @param certificates the certificate, then those between it and an authority
 * @param privateKey in PKCS#8, not encrypted
 */
public record TlsIdentity(Path certificates, Path privateKey) {}
