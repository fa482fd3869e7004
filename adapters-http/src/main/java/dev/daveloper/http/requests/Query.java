package dev.daveloper.http.requests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/** Reads a request's query as the object that a request record is bound to. */
final class Query {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private Query() {}

    /** Notes what is no query at all, and parameters that come twice, of which nobody knows which one counts. */
    static ObjectNode read(HttpServletRequest request, Class<?> type, Violations violations) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        String query = request.getQueryString();
        if (query == null || query.isEmpty()) {
            return tree;
        }
        RecordShape shape = RecordShape.of(type);
        try {
            boolean whole = UrlEncoded.decodeUtf8To(
                    query,
                    0,
                    query.length(),
                    (name, value) -> put(tree, shape, name, value, violations),
                    false,
                    false,
                    false);
            if (!whole) {
                violations.add(Pointers.ROOT, "The query must be percent-encoded UTF-8.");
            }
        } catch (IllegalArgumentException e) {
            violations.add(Pointers.ROOT, "The query must be percent-encoded UTF-8.");
        }
        return tree;
    }

    private static void put(
            ObjectNode tree, RecordShape shape, String name, @Nullable String given, Violations violations) {
        String value = given == null ? "" : given;
        if (tree.has(name)) {
            violations.add(Pointers.in(Pointers.ROOT, name), Unicode.quoted(name) + " must be given once.");
            return;
        }
        RecordShape.Member member = shape.member(name);
        boolean number = member != null && member.type() == Integer.class;
        if (number && WHOLE_NUMBER.matcher(value).matches()) {
            tree.put(name, Long.parseLong(value));
        } else {
            tree.put(name, value);
        }
    }
}
