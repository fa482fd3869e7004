package dev.daveloper.domain.ratelimits;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a policy applies to: a group of calls, see {@link Activity}, or one endpoint.
 *
 * @param name the group's, or the endpoint's method and path without a version, as {@code GET /documents/{id}};
 *     never with a {@code *}, behind which {@link PolicyText} writes a price
 */
public record Target(String name) {
    private static final Pattern ENDPOINT = Pattern.compile("(GET|POST|PUT|PATCH|DELETE) /[!-)+-~]{0,200}");

    public Target {
        if (Activity.find(name).isEmpty() && !ENDPOINT.matcher(name).matches()) {
            String groups =
                    Arrays.stream(Activity.values()).map(Activity::wireName).collect(Collectors.joining(", "));
            throw new InvalidValue("target", name, "one of " + groups + ", or an endpoint as GET /documents");
        }
    }

    public static Target of(Activity activity) {
        return new Target(activity.wireName());
    }

    /** Of one endpoint. */
    public static Target of(String method, String path) {
        return new Target(method + " " + path);
    }

    public boolean isEndpoint() {
        return name.indexOf(' ') > 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
