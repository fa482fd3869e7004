package dev.daveloper.bootstrap.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code CHANGELOG.md}, in the form of Keep a Changelog: on top what has not been released, then releases. */
record Changelog(String text) {
    private static final Path FILE = Path.of("..", "CHANGELOG.md");
    private static final Path POM = Path.of("..", "pom.xml");
    private static final Pattern OWN_VERSION = Pattern.compile("</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern RELEASE = Pattern.compile("\\[(\\d+\\.\\d+\\.\\d+)] - (\\S+)");
    private static final String UNRELEASED = "[Unreleased]";
    private static final String SNAPSHOT = "-SNAPSHOT";
    private static final Set<String> KINDS = Set.of("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security");

    /** What stands below one heading of the second level. */
    private record Section(String title, List<String> lines) {
        boolean isEmpty() {
            return lines.stream().allMatch(String::isBlank);
        }
    }

    private record Version(int major, int minor, int patch) implements Comparable<Version> {
        static Version of(String text) {
            String[] parts = text.split("\\.", -1);
            return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }

        @Override
        public int compareTo(Version other) {
            int bigger = Integer.compare(major, other.major);
            int small = bigger != 0 ? bigger : Integer.compare(minor, other.minor);
            return small != 0 ? small : Integer.compare(patch, other.patch);
        }
    }

    static Changelog ofTheHouse() {
        return new Changelog(read(FILE));
    }

    /** The version that is being built. */
    static String versionOfTheHouse() {
        Matcher version = OWN_VERSION.matcher(read(POM));
        if (!version.find()) {
            throw new IllegalStateException("pom.xml names no version");
        }
        return version.group(1);
    }

    /** Whether an entry that has not been released says that this breaks, by its name in backticks. */
    boolean tellsBreakageOf(String subject) {
        return sections().stream()
                .filter(section -> section.title().equals(UNRELEASED))
                .flatMap(section -> entriesOf(section).stream())
                .anyMatch(entry -> entry.startsWith("- **Breaking**") && entry.contains("`" + subject + "`"));
    }

    /** What is wrong with it, for a program of this version; empty when nothing is. */
    List<String> troubles(String building) {
        List<String> troubles = new ArrayList<>();
        List<Section> sections = sections();
        if (!text.startsWith("# Changelog\n")) {
            troubles.add("it does not begin with its title");
        }
        if (sections.isEmpty() || !sections.getFirst().title().equals(UNRELEASED)) {
            troubles.add("what has not been released is not on top");
        }
        sections.forEach(section -> checkLines(section, troubles));
        checkOrder(sections.stream().skip(1).map(Section::title).toList(), troubles);
        checkVersion(building, sections, troubles);
        return troubles;
    }

    private static void checkLines(Section section, List<String> troubles) {
        Set<String> kinds = new HashSet<>();
        boolean open = false;
        for (String line : section.lines()) {
            if (line.startsWith("### ")) {
                String kind = line.substring(4);
                if (open || !KINDS.contains(kind) || !kinds.add(kind)) {
                    troubles.add(section.title() + ": wrong, twice or behind an empty one: " + line);
                }
                open = true;
            } else if (!line.isBlank()) {
                boolean entry = line.startsWith("- ") || (!open && line.startsWith("  "));
                if (!entry || kinds.isEmpty()) {
                    troubles.add(section.title() + ": neither an entry nor a heading: " + line);
                }
                open = false;
            }
        }
        if (open) {
            troubles.add(section.title() + ": the last heading has no entry");
        }
    }

    private static void checkOrder(List<String> titles, List<String> troubles) {
        @Nullable Version newer = null;
        @Nullable LocalDate later = null;
        for (String title : titles) {
            Matcher parts = RELEASE.matcher(title);
            @Nullable LocalDate day = parts.matches() ? dayOf(parts.group(2)) : null;
            if (day == null) {
                troubles.add("no release: " + title);
                continue;
            }
            Version version = Version.of(parts.group(1));
            if ((newer != null && version.compareTo(newer) >= 0) || (later != null && day.isAfter(later))) {
                troubles.add("below what is older: " + title);
            }
            newer = version;
            later = day;
        }
    }

    private static @Nullable LocalDate dayOf(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void checkVersion(String building, List<Section> sections, List<String> troubles) {
        String newest = sections.stream()
                .map(section -> RELEASE.matcher(section.title()))
                .filter(Matcher::matches)
                .map(release -> release.group(1))
                .findFirst()
                .orElse("");
        String version = building.replace(SNAPSHOT, "");
        if (!building.endsWith(SNAPSHOT)) {
            if (!newest.equals(version)) {
                troubles.add("the release " + version + " has no entry on top of the others");
            }
            if (!sections.isEmpty() && !sections.getFirst().isEmpty()) {
                troubles.add("the release " + version + " leaves something unreleased");
            }
        } else if (!newest.isEmpty() && Version.of(version).compareTo(Version.of(newest)) <= 0) {
            troubles.add(building + " is not newer than " + newest);
        }
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("## ")) {
                sections.add(new Section(line.substring(3), new ArrayList<>()));
            } else if (!sections.isEmpty()) {
                sections.getLast().lines().add(line);
            }
        }
        return sections;
    }

    /** Each entry in one line. */
    private static List<String> entriesOf(Section section) {
        List<String> entries = new ArrayList<>();
        for (String line : section.lines()) {
            if (line.startsWith("- ")) {
                entries.add(line);
            } else if (line.startsWith("  ") && !entries.isEmpty()) {
                entries.set(entries.size() - 1, entries.getLast() + " " + line.strip());
            }
        }
        return entries;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
