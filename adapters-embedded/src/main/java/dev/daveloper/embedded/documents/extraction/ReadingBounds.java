package dev.daveloper.embedded.documents.extraction;

/** The bounds that the reading itself keeps; see {@link ExtractionConfig} for their meaning. */
record ReadingBounds(int maxTextChars, long maxUnpackedBytes, int maxRatio, int maxEntries) {}
