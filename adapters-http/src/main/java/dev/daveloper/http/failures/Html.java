package dev.daveloper.http.failures;

import java.util.regex.Pattern;

/** Text as HTML shows it. */
final class Html {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Html() {}

    /** The text itself, in an element or in a quoted attribute, whatever it contains. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A sentence whose only mark-up is code between grave accents. */
    static String sentence(String markdown) {
        return CODE.matcher(escape(markdown)).replaceAll("<code>$1</code>");
    }
}
