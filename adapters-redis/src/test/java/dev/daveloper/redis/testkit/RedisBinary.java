package dev.daveloper.redis.testkit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * The Redis server that the tests start: the one that the system property {@value #PROPERTY} or the environment's
 * {@value #ENVIRONMENT} names, and otherwise a Redis 6.2 that comes with the tests.
 */
public final class RedisBinary {
    public static final String PROPERTY = "redis.executable";
    public static final String ENVIRONMENT = "REDIS_EXECUTABLE";

    private RedisBinary() {}

    /**
     * An executable file, the same one for the life of this JVM. Safe for use by many threads.
     *
     * @throws IllegalStateException if the named file is not executable, or no server is known for this system
     */
    public static Path path() {
        return Found.PATH;
    }

    private static final class Found {
        static final Path PATH = find();

        private static Path find() {
            return Optional.ofNullable(System.getProperty(PROPERTY))
                    .or(() -> Optional.ofNullable(System.getenv(ENVIRONMENT)))
                    .map(Found::named)
                    .orElseGet(Found::unpacked);
        }

        private static Path named(String name) {
            Path path = Path.of(name);
            if (!Files.isExecutable(path)) {
                throw new IllegalStateException("no Redis server: " + path + " is not an executable file");
            }
            return path;
        }

        private static Path unpacked() {
            OsArchitecture here = OsArchitecture.detectOSandArchitecture();
            String resource = ExecutableProvider.newProvidedVersionsMap().get(here);
            if (resource == null) {
                throw new IllegalStateException("no Redis server comes along for " + System.getProperty("os.name")
                        + " on " + System.getProperty("os.arch") + ": name one by -D" + PROPERTY);
            }
            try {
                return unpack(resource);
            } catch (IOException failed) {
                throw new UncheckedIOException("the Redis server could not be unpacked", failed);
            }
        }

        private static Path unpack(String resource) throws IOException {
            Path directory = Files.createTempDirectory("redis-binary");
            Path file = directory.resolve(Path.of(resource).getFileName().toString());
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            try (InputStream packed = ExecutableProvider.class.getResourceAsStream(resource)) {
                if (packed == null) {
                    throw new FileNotFoundException(resource);
                }
                Files.copy(packed, file);
            }
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
            return file;
        }
    }
}
