package dev.daveloper.bootstrap.config;

import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.webhooks.Addresses;
import dev.daveloper.domain.webhooks.Network;
import dev.daveloper.domain.webhooks.RetrySchedule;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of values that the settings of webhooks take: lists, joined by commas. */
final class WebhookKinds {
    static final Kind<List<Network>> NETWORKS = new Kind<>(
            "list of networks",
            "addresses or networks joined by commas, each network by its first address, such as 10.20.0.0/16, 192.0.2.7"
                    + " or fd00::/8",
            text -> all(text, WebhookKinds::network));

    static final Kind<Set<Integer>> PORTS = new Kind<>(
            "list of ports, may be empty",
            "whole numbers from 1 to 65535 joined by commas, or nothing",
            text -> all(text, WebhookKinds::port).map(LinkedHashSet::new));

    private static final int MAX_PORT = 65_535;
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    static final Kind<List<Duration>> WAITS = new Kind<>(
            "list of durations, may be empty",
            "at most " + RetrySchedule.MAX_WAITS + " durations from 0s to " + Durations.write(LONGEST_WAIT)
                    + " joined by commas, such as 5s, 5m, 2h, or nothing",
            text -> all(text, WebhookKinds::wait).filter(waits -> waits.size() <= RetrySchedule.MAX_WAITS));

    private WebhookKinds() {}

    /** All items of a list; empty when one of them cannot be read. */
    private static <T> Optional<List<T>> all(String text, Function<String, Optional<T>> reader) {
        List<Optional<T>> read = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(reader)
                .toList();
        return read.stream().allMatch(Optional::isPresent)
                ? Optional.of(read.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }

    /** What is written by an address in its middle is taken for a mistake: it would open more than it seems to. */
    private static Optional<Network> network(String text) {
        try {
            Network network = Network.of(text);
            String address = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
            return Addresses.literal(address)
                    .map(HexFormat.of()::formatHex)
                    .filter(network.first()::equals)
                    .map(first -> network);
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> port(String text) {
        return Kinds.wholeNumber(1, MAX_PORT).read(text);
    }

    private static Optional<Duration> wait(String text) {
        return Durations.read(text).filter(wait -> !wait.isNegative() && wait.compareTo(LONGEST_WAIT) <= 0);
    }

    /** As it is read again. */
    static String written(List<Duration> waits) {
        return waits.stream().map(Durations::write).collect(Collectors.joining(", "));
    }
}
