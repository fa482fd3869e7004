package dev.daveloper.http.failures;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A collector's address as Sentry writes it, {@code scheme://key@host[:port]/[path/]project}.
 *
 * @param key the public one; it lets who has it send reports, nothing else
 */
record SentryDsn(URI endpoint, String key) {
    private static final Pattern FORM =
            Pattern.compile("(?<scheme>https?)://(?<key>[A-Za-z0-9]+)(?::[A-Za-z0-9]*)?@(?<host>[^/@?#\\s]+)"
                    + "(?<path>(?:/[^/@?#\\s]+)*)/(?<project>[A-Za-z0-9_-]+)/?");

    static SentryDsn parse(URI dsn) {
        Matcher parts = FORM.matcher(dsn.toString());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "Error reports in the format sentry need a DSN as address, such as https://key@host/project.");
        }
        URI endpoint = URI.create(parts.group("scheme") + "://" + parts.group("host") + parts.group("path") + "/api/"
                + parts.group("project") + "/envelope/");
        return new SentryDsn(endpoint, parts.group("key"));
    }
}
