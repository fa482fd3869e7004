package dev.daveloper.bootstrap.config;

import dev.daveloper.domain.ContentKey;
import dev.daveloper.domain.ContentKeys;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keys in their written form: {@code name=base64} pairs joined by commas. */
final class EncryptionKeys {
    private EncryptionKeys() {}

    /**
     * The keys in their order; none when the text is empty.
     *
     * @throws IllegalArgumentException when one cannot be. It tells which by its place and shows nothing of it, since
     *     a key may stand where a name belongs
     */
    static ContentKeys read(String setting, String text) {
        if (text.isBlank()) {
            return ContentKeys.NONE;
        }
        List<ContentKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String item : text.split(",", -1)) {
            String place = setting + ": key " + (keys.size() + 1);
            ContentKey key = key(place, item.strip());
            if (!names.add(key.name())) {
                throw new IllegalArgumentException(place + " has the name of one before it.");
            }
            keys.add(key);
        }
        return new ContentKeys(keys);
    }

    private static ContentKey key(String place, String item) {
        int equals = item.indexOf('=');
        if (equals < 0 || !ContentKey.isName(item.substring(0, equals))) {
            throw new IllegalArgumentException(place + " must be name=key, where a name is 1 to "
                    + ContentKey.MAX_NAME_CHARS + " of A-Z, a-z, 0-9, '.', '_' and '-'.");
        }
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(item.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message may show a part of the key.
            throw new IllegalArgumentException(place + " is no base64 behind its name.");
        }
        if (secret.length != ContentKey.BYTES) {
            throw new IllegalArgumentException(place + " must be name=key with a key of " + ContentKey.BYTES
                    + " bytes in base64, not " + secret.length + ".");
        }
        return new ContentKey(item.substring(0, equals), secret);
    }
}
