package dev.daveloper.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The names in a directory, which are on the disk later than what is in the files that they name. */
public final class DirectoryEntries {
    private DirectoryEntries() {}

    /**
     * Comes back when the names are on the disk, so that a file which was made or moved is found after a power cut. Of
     * no effect where the system opens no directories.
     */
    public static void force(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
