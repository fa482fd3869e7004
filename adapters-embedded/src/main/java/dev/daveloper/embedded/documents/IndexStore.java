package dev.daveloper.embedded.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.MMapDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of an index: opened when they are whole and of this form, made anew when they are not. */
final class IndexStore {
    private static final Logger LOG = LoggerFactory.getLogger(IndexStore.class);
    private static final String FORM = "form";

    private IndexStore() {}

    /**
     * The directory with an index of this form in it, which may be empty.
     *
     * @param place empty for an index in memory
     * @throws IOException when the place cannot be written to, or another index is open there
     */
    static Directory open(Optional<Path> place, String form) throws IOException {
        if (place.isEmpty()) {
            return prepared(new ByteBuffersDirectory(), form);
        }
        // Mapped files, unlike channels, are not closed by the interrupt of a thread that reads.
        Directory directory = new MMapDirectory(place.get());
        try {
            return prepared(directory, form);
        } catch (LockObtainFailedException e) {
            directory.close();
            throw new IOException("the index of documents in " + place.get() + " is open already", e);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    static Directory prepared(Directory directory, String form) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            Optional<String> wrong = wrongIn(directory, form);
            if (wrong.isPresent()) {
                LOG.warn("the index of documents is made anew: {}", wrong.get());
            }
            if (wrong.isPresent() || !DirectoryReader.indexExists(directory)) {
                empty(directory);
            }
        }
        if (!DirectoryReader.indexExists(directory)) {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                writer.setLiveCommitData(Map.of(FORM, form).entrySet());
                writer.commit();
            }
        }
        return directory;
    }

    /** Why the index that lies there cannot be used; empty when it can, or when there is none. */
    private static Optional<String> wrongIn(Directory directory, String form) throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return Optional.empty();
        }
        try {
            String found =
                    SegmentInfos.readLatestCommit(directory).getUserData().get(FORM);
            if (!form.equals(found)) {
                return Optional.of("it is of the form \"" + found + "\", and \"" + form + "\" is needed");
            }
            checkAll(directory);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.debug("an index cannot be read", e);
            return Optional.of("it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Reads every byte once: what is damaged must be found now, and not by whoever searches later. */
    private static void checkAll(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                if (leaf.reader() instanceof CodecReader segment) {
                    segment.checkIntegrity();
                }
            }
        }
    }

    private static void empty(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                directory.deleteFile(file);
            }
        }
    }
}
