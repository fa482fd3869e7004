package dev.daveloper.bootstrap.operator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a gateway is.
 *
 * @param option which says so, for whoever has to correct it
 */
public record GatewayAddress(URI uri, String option) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** The address in a text; what is wrong with it is told as a sentence. */
    public static Optional<GatewayAddress> of(String text, String option, Consumer<String> wrong) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return Optional.of(new GatewayAddress(uri, option));
            }
        } catch (URISyntaxException e) {
            // Told below, as any other that is none.
        }
        wrong.accept("--" + option + " must be the address of a gateway, such as http://localhost:8080 or"
                + " https://gateway.example, without a user, a query or a fragment.");
        return Optional.empty();
    }

    URI at(String path) {
        return URI.create(uri + path);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
