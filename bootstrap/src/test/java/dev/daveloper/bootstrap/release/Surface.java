package dev.daveloper.bootstrap.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What others rely on, as facts of one line each: what they are given, and what is wanted of them. It breaks them when
 * something that was given is gone, and when something is wanted of them that was not wanted before.
 */
record Surface(SortedSet<Fact> gives, SortedSet<Fact> wants) {
    private static final Pattern LINE = Pattern.compile("(gives|wants) ([^:]+): (.+)");
    private static final Pattern BOUND = Pattern.compile("(.+) (at most|at least) (-?\\d+)");

    /**
     * @param subject what a changelog calls it, such as {@code POST /agent/chat} or {@code Chat}
     * @param text what is so
     */
    record Fact(String subject, String text) implements Comparable<Fact> {
        @Override
        public int compareTo(Fact other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return subject + ": " + text;
        }
    }

    /** Something that breaks whoever relied on its subject. */
    record Breakage(String subject, String what) {
        @Override
        public String toString() {
            return what;
        }
    }

    Surface() {
        this(new TreeSet<>(), new TreeSet<>());
    }

    void give(String subject, String text) {
        gives.add(new Fact(subject, text));
    }

    void want(String subject, String text) {
        wants.add(new Fact(subject, text));
    }

    static Surface read(String text) {
        Surface surface = new Surface();
        text.lines().forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no fact: " + line);
            }
            Fact fact = new Fact(parts.group(2), parts.group(3));
            (parts.group(1).equals("gives") ? surface.gives : surface.wants).add(fact);
        });
        return surface;
    }

    String text() {
        return lines("gives ", gives) + lines("wants ", wants);
    }

    private static String lines(String kind, Collection<Fact> facts) {
        return facts.stream().map(fact -> kind + fact + "\n").collect(Collectors.joining());
    }

    /** What of {@code now} breaks whoever was written for this. */
    List<Breakage> breakagesIn(Surface now) {
        List<Breakage> breakages = new ArrayList<>();
        for (Fact fact : gives) {
            if (!now.gives.contains(fact)) {
                breakages.add(new Breakage(fact.subject(), "given no more: " + fact));
            }
        }
        Set<String> known = gives.stream().map(Fact::subject).collect(Collectors.toSet());
        for (Fact fact : now.wants) {
            if (known.contains(fact.subject()) && !wantedBefore(fact)) {
                breakages.add(new Breakage(fact.subject(), "wanted since: " + fact));
            }
        }
        return breakages;
    }

    /** Whether this was wanted, or more than this. */
    private boolean wantedBefore(Fact now) {
        Matcher bound = BOUND.matcher(now.text());
        if (!bound.matches()) {
            return wants.contains(now);
        }
        long limit = Long.parseLong(bound.group(3));
        return wants.stream()
                .filter(before -> before.subject().equals(now.subject()))
                .map(before -> BOUND.matcher(before.text()))
                .filter(before -> before.matches()
                        && before.group(1).equals(bound.group(1))
                        && before.group(2).equals(bound.group(2)))
                .mapToLong(before -> Long.parseLong(before.group(3)))
                .anyMatch(before -> bound.group(2).equals("at most") ? limit >= before : limit <= before);
    }
}
