package dev.daveloper.http.requests;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes places as JSON Pointer fragments (RFC 6901, section 6). */
final class Pointers {
    static final String ROOT = "#";
    static final String HEADERS = "#/headers";

    private Pointers() {}

    static String in(String place, String name) {
        String token = Unicode.wellFormed(name).replace("~", "~0").replace("/", "~1");
        return place
                + '/'
                + URLEncoder.encode(token, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%7E", "~");
    }

    static String in(String place, int index) {
        return place + '/' + index;
    }

    static String of(String place, ConstraintViolation<?> broken) {
        String pointer = place;
        for (Path.Node node : broken.getPropertyPath()) {
            Integer index = node.getIndex();
            if (index != null) {
                pointer = in(pointer, index);
            }
            String name = node.getName();
            // The item of a list has a name of its own there, which no client knows.
            if (name != null && !name.startsWith("<")) {
                pointer = in(pointer, name);
            }
        }
        return pointer;
    }
}
