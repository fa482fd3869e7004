package dev.daveloper.http.requests;

import dev.daveloper.domain.failures.Changed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client says of the version that it holds (RFC 9110, sections 8.8.3 and 13). */
public final class EntityTags {
    private static final String IF_MATCH = "If-Match";

    /** A list that is not one ends where it stops being one. */
    private static final Pattern TAG =
            Pattern.compile("\\G\\s*,*\\s*(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")\\s*(?:,|$)");

    private EntityTags() {}

    /** The strong tag of what has this digest. */
    public static String of(String digest) {
        return '"' + digest + '"';
    }

    /**
     * Whether the client holds this version already; a read is answered by 304 then.
     *
     * @throws Changed when the client wants this version alone and it is another
     */
    public static boolean isHeld(HttpServletRequest request, String etag) {
        requireWanted(request, etag, "entity");
        return names(request.getHeaders("If-None-Match"), etag, true);
    }

    /** Whether the client wants to change this version alone: it names one, rather than any. */
    public static boolean namesVersion(HttpServletRequest request) {
        return Collections.list(request.getHeaders(IF_MATCH)).stream()
                .anyMatch(list -> !list.strip().equals("*"));
    }

    /**
     * Before a change.
     *
     * @param what the kind of thing, such as {@code webhook}
     * @throws Changed when the client wants to change another version than this
     */
    public static void requireWanted(HttpServletRequest request, String etag, String what) {
        Enumeration<String> wanted = request.getHeaders(IF_MATCH);
        if (wanted.hasMoreElements() && !names(wanted, etag, false)) {
            throw new Changed(what);
        }
    }

    /** @param weak whether a weak tag is as good as a strong one */
    private static boolean names(Enumeration<String> lists, String etag, boolean weak) {
        for (String list : Collections.list(lists)) {
            if (list.strip().equals("*")) {
                return true;
            }
            Matcher tags = TAG.matcher(list);
            while (tags.find()) {
                if (tags.group(2).equals(etag) && (weak || tags.group(1) == null)) {
                    return true;
                }
            }
        }
        return false;
    }
}
