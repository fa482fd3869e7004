package dev.daveloper.redis.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A temporary folder of one server. Its errors are {@link UncheckedIOException}: a test cannot go on without it. */
record Folder(Path path) {
    private static final Set<Folder> LEFT = ConcurrentHashMap.newKeySet();

    static Folder create(String prefix) {
        try {
            Folder created = new Folder(Files.createTempDirectory(prefix));
            LEFT.add(created);
            return created;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    File file(String name) {
        return path.resolve(name).toFile();
    }

    void write(String name, List<String> lines) {
        try {
            Files.write(path.resolve(name), lines);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a file has, or the empty text when there is none. */
    String read(String name) {
        try {
            Path file = path.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Deletes what a folder in it has, and the folder. */
    void empty(String name) {
        delete(path.resolve(name));
    }

    void delete() {
        delete(path);
        LEFT.remove(this);
    }

    /** For the end of the JVM, when nobody writes any more. */
    static void deleteAll() {
        LEFT.forEach(Folder::delete);
    }

    private static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
