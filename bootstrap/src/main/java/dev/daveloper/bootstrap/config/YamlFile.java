package dev.daveloper.bootstrap.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Reads a configuration file: keys nested, dotted or both; a list's items are joined by commas. */
final class YamlFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 20;

    private final String name;
    private final YAMLParser parser;
    private final Deque<String> path = new ArrayDeque<>();
    private final List<Given> found = new ArrayList<>();

    private YamlFile(String name, YAMLParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /**
     * What is written in the file, in its order; what is wrong with the file goes to the mistakes.
     *
     * @param name the file's, as people know it
     */
    static List<Given> read(String name, Path file, List<String> mistakes) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                mistakes.add(name + " is larger than " + Sizes.write(MAX_BYTES) + ".");
                return List.of();
            }
            return parse(name, Files.readString(file), mistakes);
        } catch (IOException e) {
            mistakes.add(name + " cannot be read.");
            return List.of();
        }
    }

    static List<Given> parse(String name, String text, List<String> mistakes) throws IOException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlFile yaml = new YamlFile(name, parser);
            yaml.document();
            return yaml.found;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String line = at == null ? "" : " line " + at.getLineNr();
            mistakes.add(name + line + " is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed") + ".");
            return List.of();
        } catch (NotSettings e) {
            mistakes.add(e.getMessage());
            return List.of();
        }
    }

    private void document() throws IOException, NotSettings {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            throw notSettings("must hold keys and values");
        }
        mapping();
        if (parser.nextToken() != null) {
            throw notSettings("holds a second document");
        }
    }

    private void mapping() throws IOException, NotSettings {
        if (path.size() > MAX_DEPTH) {
            throw notSettings("is nested too deeply");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            path.addLast(parser.currentName());
            String where = where();
            switch (parser.nextToken()) {
                case START_OBJECT -> mapping();
                case START_ARRAY -> found.add(new Given(key(), items(), where));
                case VALUE_NULL -> found.add(new Given(key(), "", where));
                default -> found.add(new Given(key(), parser.getText(), where));
            }
            path.removeLast();
        }
    }

    private String items() throws IOException, NotSettings {
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                throw notSettings("has a list of other than plain values");
            }
            items.add(parser.getText());
        }
        return String.join(",", items);
    }

    private String key() {
        StringBuilder key = new StringBuilder();
        for (Iterator<String> parts = path.iterator(); parts.hasNext(); ) {
            key.append(parts.next()).append(parts.hasNext() ? "." : "");
        }
        return key.toString();
    }

    private String where() {
        return name + " line " + parser.currentTokenLocation().getLineNr();
    }

    private NotSettings notSettings(String amiss) {
        return new NotSettings(where() + " " + amiss + ".");
    }

    private static final class NotSettings extends Exception {
        private static final long serialVersionUID = 1L;

        NotSettings(String message) {
            super(message);
        }
    }
}
