package dev.daveloper.domain.ratelimits;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The written form of policies: {@code NAME: QUOTA [UNIT] per WINDOW by KEY on TARGETS}, or {@code NAME: SLOTS
 * at once by KEY on TARGETS}, then in any order {@code burst N}, {@code slice N}, {@code shadow}, {@code failing
 * refuse}. Targets are joined by {@code +}, each with what a call of it costs where that is not one: {@code work: 100
 * per 1m by session on chat*5 + reads}.
 */
public final class PolicyText {
    /** In the place of a sentence: the policy does not hold. */
    public static final String OFF = "off";

    /** Of one sentence, at most. */
    public static final int MAX_CHARS = 400;

    private static final Pattern SENTENCE = Pattern.compile("\\s*([a-z][a-z0-9-]*)\\s*:\\s*(.*\\S)\\s*");
    private static final Pattern NUMBER = Pattern.compile("([1-9][0-9]{0,14})(KiB|MiB|GiB)?");
    private static final Pattern WEIGHTED = Pattern.compile("(.+)\\*([1-9][0-9]{0,8})");
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
    private static final Map<String, Long> FACTORS = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final long DEFAULT_SLICE = 500;
    private static final String EXPECTED =
            "NAME: QUOTA [requests|tokens|bytes|complexity] per WINDOW (or SLOTS at once) by session|address|global"
                    + " on TARGET[*COST] [+ TARGET…] [burst N] [slice N] [shadow] [failing refuse]";

    private static final Map<String, Unit> UNITS = Map.of(
            "requests", Unit.REQUESTS,
            "tokens", Unit.TOKENS,
            "bytes", Unit.CONTENT_BYTES,
            "complexity", Unit.COMPLEXITY);

    private static final Map<String, KeyedBy> KEYS =
            Arrays.stream(KeyedBy.values()).collect(Collectors.toMap(PolicyText::lower, Function.identity()));

    private final String sentence;
    private final Deque<String> words;

    private PolicyText(String sentence, String words) {
        this.sentence = sentence;
        this.words = new ArrayDeque<>(Arrays.asList(words.split("\\s+", -1)));
    }

    /**
     * What is read can be written, and be read again.
     *
     * @throws InvalidValue when it is no such sentence, or one that cannot be meant
     */
    public static Policy read(String sentence) {
        Matcher parts = SENTENCE.matcher(sentence);
        if (sentence.length() > MAX_CHARS || !parts.matches()) {
            throw new InvalidValue("policy", sentence, EXPECTED);
        }
        PolicyText text = new PolicyText(sentence, parts.group(2));
        Policy policy = text.policy(parts.group(1));
        // Written out it may be longer than it was, and a store keeps it as it is written.
        if (write(policy).length() > MAX_CHARS) {
            throw text.wrong();
        }
        return policy;
    }

    private Policy policy(String name) {
        long quota = number();
        Optional<Unit> said = Optional.ofNullable(UNITS.get(peek()));
        said.ifPresent(unit -> words.removeFirst());
        boolean slots = said.isEmpty() && peek().equals("at");
        expect(slots ? "at" : "per");
        Optional<Duration> window = slots ? Optional.empty() : Optional.of(time());
        if (slots) {
            expect("once");
        }
        expect("by");
        KeyedBy keyedBy = Optional.ofNullable(KEYS.get(next())).orElseThrow(this::wrong);
        expect("on");
        Map<Target, Long> costs = costs();
        Optional<Long> burst = Optional.empty();
        Optional<Long> slice = Optional.empty();
        boolean shadow = false;
        OnFailure onFailure = OnFailure.ALLOW;
        while (!words.isEmpty()) {
            switch (next()) {
                case "burst" -> burst = Optional.of(number());
                case "slice" -> slice = Optional.of(number());
                case "shadow" -> shadow = true;
                case "failing" -> {
                    expect("refuse");
                    onFailure = OnFailure.REFUSE;
                }
                default -> throw wrong();
            }
        }
        Unit unit = slots ? Unit.CONCURRENT_REQUESTS : said.orElse(Unit.REQUESTS);
        if (slots && burst.isPresent()) {
            throw wrong();
        }
        Limit limit = slots ? slotsOf(quota) : new Rate(quota, window.orElseThrow(), burst.orElse(quota));
        long taken = slice.orElse(unit == Unit.TOKENS ? Math.min(DEFAULT_SLICE, limit.most()) : 1L);
        return new Policy(name, unit, limit, keyedBy, costs, taken, shadow, onFailure);
    }

    private static Concurrency slotsOf(long number) {
        return new Concurrency((int) Math.min(number, Integer.MAX_VALUE));
    }

    private Map<Target, Long> costs() {
        Map<Target, Long> costs = new LinkedHashMap<>();
        cost(costs);
        while (!words.isEmpty() && words.getFirst().equals("+")) {
            words.removeFirst();
            cost(costs);
        }
        return costs;
    }

    private void cost(Map<Target, Long> costs) {
        String word = next();
        boolean endpoint = !words.isEmpty() && words.getFirst().startsWith("/");
        String written = endpoint ? word + " " + next() : word;
        Matcher weighted = WEIGHTED.matcher(written);
        boolean costly = weighted.matches();
        Target target = new Target(costly ? weighted.group(1) : written);
        if (costs.put(target, costly ? Long.parseLong(weighted.group(2)) : 1L) != null) {
            throw wrong();
        }
    }

    private long number() {
        Matcher number = NUMBER.matcher(next());
        if (!number.matches()) {
            throw wrong();
        }
        long factor = number.group(2) == null ? 1 : FACTORS.getOrDefault(number.group(2), 1L);
        try {
            return Math.multiplyExact(Long.parseLong(number.group(1)), factor);
        } catch (ArithmeticException e) {
            throw wrong();
        }
    }

    private Duration time() {
        Matcher time = TIME.matcher(next());
        if (!time.matches()) {
            throw wrong();
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private String peek() {
        if (words.isEmpty()) {
            throw wrong();
        }
        return words.getFirst();
    }

    private String next() {
        peek();
        return words.removeFirst();
    }

    private void expect(String word) {
        if (!next().equals(word)) {
            throw wrong();
        }
    }

    private InvalidValue wrong() {
        return new InvalidValue("policy", sentence, EXPECTED);
    }

    static String write(Policy policy) {
        StringBuilder text = new StringBuilder(policy.name()).append(": ").append(policy.quota());
        switch (policy.limit()) {
            case Concurrency slots -> text.append(" at once");
            case Rate rate ->
                text.append(' ').append(nameOf(policy.unit())).append(" per ").append(write(rate.window()));
        }
        text.append(" by ").append(lower(policy.keyedBy())).append(" on ").append(write(policy.costs()));
        if (policy.limit() instanceof Rate rate && rate.burst() != rate.quota()) {
            text.append(" burst ").append(rate.burst());
        }
        if (policy.unit() == Unit.TOKENS) {
            text.append(" slice ").append(policy.slice());
        }
        text.append(policy.shadow() ? " shadow" : "");
        return text.append(policy.onFailure() == OnFailure.REFUSE ? " failing refuse" : "")
                .toString();
    }

    private static String write(Map<Target, Long> costs) {
        return costs.entrySet().stream()
                .map(cost -> cost.getKey() + (cost.getValue() == 1 ? "" : "*" + cost.getValue()))
                .collect(Collectors.joining(" + "));
    }

    private static String nameOf(Unit unit) {
        return UNITS.entrySet().stream()
                .filter(entry -> entry.getValue() == unit)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(unit.wireName());
    }

    private static String write(Duration window) {
        long millis = window.toMillis();
        if (millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    private static String lower(KeyedBy key) {
        return key.name().toLowerCase(Locale.ROOT);
    }
}
