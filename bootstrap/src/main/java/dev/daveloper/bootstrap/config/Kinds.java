package dev.daveloper.bootstrap.config;

import dev.daveloper.domain.cache.Freshness;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.ratelimits.Policy;
import dev.daveloper.domain.ratelimits.PolicyText;
import dev.daveloper.http.security.AdminKeys;
import dev.daveloper.http.security.TrustedProxies;
import dev.daveloper.redis.RedisUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings take. */
final class Kinds {
    static final Kind<String> TEXT = new Kind<>("text", "text", Optional::of);

    static final Kind<Optional<String>> OPTIONAL_TEXT =
            new Kind<>("text, may be empty", "text", text -> Optional.of(filled(text)));

    static final Kind<OptionalInt> OPTIONAL_PORT = new Kind<>(
            "port from 0 to 65535, may be empty",
            "a whole number from 0 to 65535, or nothing",
            text -> text.isEmpty()
                    ? Optional.of(OptionalInt.empty())
                    : wholeNumber(text, 0, 65_535).map(OptionalInt::of));

    static final Kind<String> FILLED_TEXT = new Kind<>("text", "some text", Kinds::filled);

    static final Kind<Boolean> FLAG = choice(Map.of("true", true, "false", false));

    static final Kind<Optional<Path>> OPTIONAL_PATH =
            new Kind<>("path, may be empty", "a path of this system", Kinds::path);

    static final Kind<Optional<URI>> OPTIONAL_URL =
            new Kind<>("URL, may be empty", "an absolute http or https URL", Kinds::optionalUrl);

    static final Kind<URI> URL = new Kind<>("URL", "an absolute http or https URL", Kinds::url);

    static final Kind<Optional<RedisUrl>> REDIS_URL = new Kind<>(
            "Redis URL, may be empty",
            "redis://host:port, redis-sentinel://host:port,host:port#master or redis-cluster://host:port,host:port,"
                    + " with rediss for TLS",
            Kinds::redisUrl);

    static final Kind<Set<String>> ORIGINS = new Kind<>(
            "list of origins",
            "origins joined by commas, each scheme://host or scheme://host:port in lower case",
            Kinds::origins);

    static final Kind<AdminKeys> ADMIN_KEYS = new Kind<>(
            "list of keys",
            "name=hash pairs, each name once, or keys of 16 characters or more, joined by commas, where a hash is 64"
                    + " characters of 0-9 and a-f",
            Kinds::adminKeys);

    static final Kind<TrustedProxies> PROXIES = new Kind<>(
            "list of networks",
            "addresses or networks joined by commas, such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32",
            Kinds::proxies);

    static final Kind<Map<String, Optional<Policy>>> POLICIES = new Kind<>(
            "list of policies",
            "policies joined by commas, each name once, such as chat: 20 per 1m by session on chat, or chat: off",
            Kinds::policies);

    static final Kind<Freshness> FRESHNESS = new Kind<>(
            "time, with more when stale or on an error, or off",
            "a time of at most a day, such as 30s, 1m stale 5m, 1m stale 5m error 1h, or off",
            FreshnessText::read);

    static final Kind<Set<String>> WORDS =
            new Kind<>("list of names", "names joined by commas", text -> Optional.of(words(text)));

    private static final int LEAST_KEY_CHARS = 16;
    private static final Pattern OFF = Pattern.compile("([a-z][a-z0-9-]{0,31})\\s*:\\s*off");
    private static final Pattern NAMED_HASH = Pattern.compile("([A-Za-z0-9._-]{1,64})=([0-9a-f]{64})");

    private Kinds() {}

    static Kind<Integer> wholeNumber(int min, int max) {
        String range = "from " + min + " to " + max;
        return new Kind<>("whole number, " + range, "a whole number " + range, text -> wholeNumber(text, min, max));
    }

    static Kind<Duration> duration(Duration min, Duration max) {
        String range = "from " + Durations.write(min) + " to " + Durations.write(max);
        return new Kind<>(
                "duration, " + range,
                "a duration " + range + ", such as 500ms, 30s, 2m, 24h or PT1M30S",
                text -> Durations.read(text).filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0));
    }

    /** A number of bytes. */
    static Kind<Integer> size(int min, int max) {
        String range = "from " + Sizes.write(min) + " to " + Sizes.write(max);
        return new Kind<>(
                "size, " + range,
                "a size " + range + ", such as 65536, 64KiB or 1MiB",
                text -> Sizes.read(text)
                        .filter(value -> value >= min && value <= max)
                        .map(Math::toIntExact));
    }

    /** A number of bytes that may be more than an array holds. */
    static Kind<Long> volume(long min, long max) {
        String range = "from " + Sizes.write(min) + " to " + Sizes.write(max);
        return new Kind<>(
                "size, " + range,
                "a size " + range + ", such as 500MiB or 10GiB",
                text -> Sizes.read(text).filter(value -> value >= min && value <= max));
    }

    /** One of these values, by its name. */
    static <T> Kind<T> choice(Map<String, T> byName) {
        String names = byName.keySet().stream().sorted().collect(Collectors.joining(" or "));
        return new Kind<>(names, names, text -> Optional.ofNullable(byName.get(text)));
    }

    static Set<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Integer> wholeNumber(String text, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            return value >= min && value <= max ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Optional<Path>> path(String text) {
        try {
            return Optional.of(filled(text).map(Path::of));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Optional<URI>> optionalUrl(String text) {
        Optional<URI> url = url(text);
        return url.isPresent() || text.isEmpty() ? Optional.of(url) : Optional.empty();
    }

    private static Optional<Optional<RedisUrl>> redisUrl(String text) {
        try {
            return Optional.of(filled(text).map(RedisUrl::parse));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Set<String>> origins(String text) {
        Set<String> origins = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return origins.stream().allMatch(Kinds::isOrigin) ? Optional.of(origins) : Optional.empty();
    }

    private static boolean isOrigin(String text) {
        return url(text)
                .map(url -> url.getScheme() + "://" + url.getAuthority())
                .filter(text::equals)
                .filter(origin -> !origin.contains("@") && origin.chars().noneMatch(Character::isUpperCase))
                .isPresent();
    }

    private static Optional<TrustedProxies> proxies(String text) {
        List<String> networks = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .toList();
        try {
            return Optional.of(TrustedProxies.of(networks));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, Optional<Policy>>> policies(String text) {
        Map<String, Optional<Policy>> policies = new LinkedHashMap<>();
        for (String item : text.split(",", -1)) {
            String sentence = item.strip();
            if (sentence.isEmpty()) {
                continue;
            }
            Matcher off = OFF.matcher(sentence);
            try {
                Optional<Policy> policy = off.matches() ? Optional.empty() : Optional.of(PolicyText.read(sentence));
                String name =
                        off.matches() ? off.group(1) : policy.orElseThrow().name();
                if (policies.put(name, policy) != null) {
                    return Optional.empty();
                }
            } catch (InvalidValue e) {
                return Optional.empty();
            }
        }
        return Optional.of(policies);
    }

    private static Optional<AdminKeys> adminKeys(String text) {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String item : text.split(",", -1)) {
            String key = item.strip();
            Matcher named = NAMED_HASH.matcher(key);
            if (named.matches()) {
                // The audit log tells keys apart by their names.
                if (hashes.put(named.group(1), named.group(2)) != null) {
                    return Optional.empty();
                }
            } else if (key.length() >= LEAST_KEY_CHARS) {
                hashes.put("key-" + (hashes.size() + 1), AdminKeys.hashOf(key));
            } else if (!key.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new AdminKeys(hashes));
    }
}
