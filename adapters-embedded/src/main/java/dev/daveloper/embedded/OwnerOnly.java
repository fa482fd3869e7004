package dev.daveloper.embedded;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Permissions for what is none of other users' business; of no effect where the file system has no such thing. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** To make a file with that its owner alone may read and write. */
    public static FileAttribute<?>[] file(Path file) {
        return permissions(file, "rw-------");
    }

    /** To make a directory with that its owner alone may enter. */
    public static FileAttribute<?>[] directory(Path directory) {
        return permissions(directory, "rwx------");
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
