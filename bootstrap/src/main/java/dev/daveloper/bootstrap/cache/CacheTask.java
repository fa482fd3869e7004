package dev.daveloper.bootstrap.cache;

import dev.daveloper.bootstrap.config.CacheOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is to be done with the cache. */
sealed interface CacheTask {
    String FORMS = "cache backup FILE, cache restore FILE or cache warm [NAME]...";

    /** @param force whether a file that is there is overwritten */
    record Backup(NamedFile file, boolean force) implements CacheTask {}

    record Restore(NamedFile file) implements CacheTask {}

    /** @param names what is made ahead; none for all there is */
    record Warm(List<String> names) implements CacheTask {
        public Warm {
            names = List.copyOf(names);
        }
    }

    /** What the operands say; what is wrong with them is told as a sentence. */
    static Optional<CacheTask> of(CacheOptions options, Path directory, Consumer<String> wrong) {
        if (options.operands().isEmpty()) {
            wrong.accept("Say what to do with the cache: " + FORMS + ".");
            return Optional.empty();
        }
        String what = options.operands().getFirst();
        List<String> rest = options.operands().subList(1, options.operands().size());
        if (options.force() && !what.equals("backup")) {
            wrong.accept("--force is for cache backup alone.");
        }
        return switch (what) {
            case "backup" -> file(what, rest, directory, wrong).map(file -> new Backup(file, options.force()));
            case "restore" -> file(what, rest, directory, wrong).map(Restore::new);
            case "warm" -> Optional.of(new Warm(rest));
            default -> {
                wrong.accept("'" + what + "' cannot be done with the cache, but " + FORMS + ".");
                yield Optional.empty();
            }
        };
    }

    private static Optional<NamedFile> file(String what, List<String> names, Path directory, Consumer<String> wrong) {
        if (names.size() != 1 || names.getFirst().isEmpty()) {
            wrong.accept("cache " + what + " takes the name of one file, not "
                    + (names.isEmpty() ? "none" : "'" + String.join("', '", names) + "'") + ".");
            return Optional.empty();
        }
        try {
            return Optional.of(new NamedFile(names.getFirst(), directory.resolve(names.getFirst())));
        } catch (InvalidPathException e) {
            wrong.accept("The file's name is not a path of this system.");
            return Optional.empty();
        }
    }

    /** @param name as it was given, for people */
    record NamedFile(String name, Path path) {
        @Override
        public String toString() {
            return name;
        }
    }
}
