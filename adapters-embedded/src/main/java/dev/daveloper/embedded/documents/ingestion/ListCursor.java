package dev.daveloper.embedded.documents.ingestion;

import dev.daveloper.domain.documents.DocumentQuery;
import dev.daveloper.domain.failures.InvalidRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Where the next page of one query begins: the last listing before it, and a digest that binds it to the query. It is
 * no secret and grants nothing: whoever makes one up sees the same list from elsewhere.
 */
final class ListCursor {
    private static final int CURSOR_BYTES = 2 * Long.BYTES;

    private final byte[] query;

    ListCursor(DocumentQuery query) {
        StringBuilder text = new StringBuilder();
        query.scopes().forEach(scope -> text.append(JobRow.keyOf(scope)).append('\n'));
        text.append(query.kind().map(Enum::name).orElse("")).append('\n');
        text.append(query.nameContains().map(name -> "=" + JobRow.folded(name)).orElse(""));
        this.query = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    String behind(long listing) {
        ByteBuffer cursor = ByteBuffer.allocate(CURSOR_BYTES).putLong(listing).putLong(digest(listing));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
    }

    /** @throws InvalidRequest when the cursor was not made for this query */
    long read(String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == CURSOR_BYTES) {
                long listing = bytes.getLong();
                if (bytes.getLong() == digest(listing)) {
                    return listing;
                }
            }
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        throw foreign();
    }

    private static InvalidRequest foreign() {
        return new InvalidRequest("#/cursor", "The cursor is none of this list's; begin without one.");
    }

    private long digest(long listing) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(listing).flip());
            return ByteBuffer.wrap(digest.digest(query)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
