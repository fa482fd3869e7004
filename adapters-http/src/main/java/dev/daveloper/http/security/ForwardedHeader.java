package dev.daveloper.http.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Forwarded} of RFC 7239. */
final class ForwardedHeader {
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    /** A parameter, and what stands behind it: more of the same hop, the next hop, or the end. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\G[ \\t]*(" + TOKEN + ")=(" + TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\")[ \\t]*(;|,|$)");

    private ForwardedHeader() {}

    /** The hops in the order of their lines and within them; a line that cannot be read is one unreadable hop. */
    static List<Hop> hops(List<String> lines) {
        List<Hop> hops = new ArrayList<>();
        for (String line : lines) {
            hops.addAll(hopsOf(line));
        }
        return hops;
    }

    private static List<Hop> hopsOf(String line) {
        List<Hop> hops = new ArrayList<>();
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(line);
        boolean ended = false;
        while (!ended && matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            if (parameters.put(name, unquoted(matcher.group(2))) != null) {
                return List.of(Hop.UNREADABLE);
            }
            ended = matcher.group(3).isEmpty();
            if (!matcher.group(3).equals(";")) {
                hops.add(Hop.of(parameters.get("for"), parameters.get("proto"), parameters.get("host")));
                parameters.clear();
            }
        }
        return ended ? hops : List.of(Hop.UNREADABLE);
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
