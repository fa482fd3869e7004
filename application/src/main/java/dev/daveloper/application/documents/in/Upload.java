package dev.daveloper.application.documents.in;

import java.io.InputStream;

/**
 * A file on its way in, as its sender describes it: nothing of this is trusted.
 *
 * @param name the file's name as it was sent, verbatim
 * @param declaredType the media type that the sender declared; empty when it declared none
 * @param content the bytes, read once; closed by whoever opened it
 */
public record Upload(String name, String declaredType, InputStream content) {}
