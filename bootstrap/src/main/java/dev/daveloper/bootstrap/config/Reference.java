package dev.daveloper.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The catalogue as text: for a terminal, for the documentation, and with the values in force. */
public final class Reference {
    private static final int COLUMNS = 96;
    private static final String INDENT = "      ";

    private static final String INTRODUCTION = """
            # Configuration

            Every setting with its default. This page is written from the program's own catalogue, and a test keeps
            the two the same; `./daveloper --help` shows the same list.

            A setting can stand in three places. The command line wins over the environment, and the environment wins
            over the file:

            | place | example |
            |---|---|
            | command line | `--http.port=0` |
            | environment | `DAVELOPER_HTTP_PORT=0`: the key in capitals, with `_` for dots and hyphens |
            | file | `http.port: 0`, or nested: `http:` and below it `port: 0` |

            The file is `daveloper.yaml` in the working directory, or the one that `--config=FILE` or
            `DAVELOPER_CONFIG` names.

            All sources are checked at the start. An unknown name, a wrong type or a value out of range stops the
            program with exit code 2; all mistakes are listed at once, with where they stand. `./daveloper config`
            checks without starting, and shows every value in force and where it comes from; secrets show as `***`.

            One option is the launcher's own and stands on its command line alone: `./daveloper --jfr` or `--jfr=FILE`
            lets the JDK's flight recorder run along, see [why is it slow](../guides/why-is-it-slow.md).

            Durations are written as `500ms`, `30s`, `2m`, `24h`, `30d` or as in ISO 8601 (`PT1M30S`); sizes in
            bytes, or as `64KiB`, `1MiB`, `1MB`; lists with commas, in the file also as a YAML list.
            """;

    private static final String CACHE_COMMAND = """

            ## The command cache

            `./daveloper cache` talks to a running gateway as an administrator. It reads none of the settings above, and
            has options of its own. It ends with exit code 0 when it is done, 1 when it failed, and 2 when it was called
            wrongly; standard error says why in a sentence, and shows how far it is on a terminal.

            A backup is written beside FILE as FILE.part, and renamed once its checksum has shown it to be whole. A file
            that was cut off or altered is refused before it is sent.

            """;

    private static final String WEBHOOKS_COMMAND = """

            ## The command webhooks

            `./daveloper webhooks` is for who develops a receiver. It reads none of the settings above, and goes on
            until it is interrupted. With `--gateway` it sets itself up at a gateway on the same machine and deletes
            that again at the end; without it, it shows how to do that. It ends with exit code 0, with 1 when the
            gateway does not do its part or the port is taken, and with 2 when it was called wrongly.

            """;

    private Reference() {}

    /** Every option with its default and meaning, no line longer than {@value #COLUMNS} characters. */
    public static String help() {
        StringBuilder help = new StringBuilder("""
                Usage: daveloper [COMMAND] [--KEY=VALUE]...

                The gateway between people and an AI agent. Without a command it serves.

                Commands:
                  serve      the gateway: REST, server-sent events and WebSocket on one port
                  agent      the built-in agent as a gRPC service, for another gateway to call
                  documents  the document service as a gRPC service, for gateways to share
                  cache      saves, restores or warms the cache of a running gateway, see the end
                  webhooks   receives webhooks and shows them, for who develops a receiver, see the end
                  config     checks the configuration, shows every value in force and where it comes from
                  help       this text, as does --help
                  version    the version, as does --version

                Every option can stand on the command line (--http.port=0), in the environment
                (DAVELOPER_HTTP_PORT=0) or in the file daveloper.yaml in the working directory; the first of
                these that has it wins. --config=FILE, or DAVELOPER_CONFIG, names another file.

                The launcher itself takes --jfr, or --jfr=FILE, on the command line alone: the JDK's flight
                recorder runs along and writes what happened in the last hour into FILE at the end.
                """);
        for (Group group : Catalogue.GROUPS) {
            help.append('\n').append(group.title()).append(":\n");
            for (Setting<?> setting : group.settings()) {
                help.append("  --").append(setting.key()).append('=').append(setting.defaultText());
                help.append('\n');
                wrap(setting.meaning() + " Takes: " + setting.kind().name() + ".")
                        .forEach(line -> help.append(INDENT).append(line).append('\n'));
            }
        }
        help.append("\nThe command cache, which has these options and no others:\n");
        CacheOptions.FORMS.forEach((form, meaning) -> explain(help, "daveloper " + form, meaning));
        CacheOptions.OPTIONS.forEach((option, meaning) -> explain(help, option, meaning));
        help.append("\nThe command webhooks, which has these options and no others:\n");
        ListenOptions.FORMS.forEach((form, meaning) -> explain(help, "daveloper " + form, meaning));
        ListenOptions.OPTIONS.forEach((option, meaning) -> explain(help, option, meaning));
        return help.toString();
    }

    private static void explain(StringBuilder help, String written, String meaning) {
        help.append("  ").append(written).append('\n');
        wrap(meaning).forEach(line -> help.append(INDENT).append(line).append('\n'));
    }

    /** The page of the documentation. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (Group group : Catalogue.GROUPS) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| key | default | takes | meaning |\n|---|---|---|---|\n");
            for (Setting<?> setting : group.settings()) {
                String shown = setting.defaultText().isEmpty() ? "empty" : '`' + setting.defaultText() + '`';
                page.append("| `")
                        .append(setting.key())
                        .append("` | ")
                        .append(shown)
                        .append(" | ");
                page.append(setting.kind().name())
                        .append(setting.secret() ? " (secret)" : "")
                        .append(" | ");
                page.append(setting.meaning()).append(" |\n");
            }
        }
        return page.append(CACHE_COMMAND)
                .append(table("command", CacheOptions.FORMS))
                .append('\n')
                .append(table("option", CacheOptions.OPTIONS))
                .append(WEBHOOKS_COMMAND)
                .append(table("command", ListenOptions.FORMS))
                .append('\n')
                .append(table("option", ListenOptions.OPTIONS))
                .toString();
    }

    private static String table(String first, Map<String, String> meanings) {
        StringBuilder table = new StringBuilder("| " + first + " | meaning |\n|---|---|\n");
        meanings.forEach((written, meaning) -> table.append("| `")
                .append(written)
                .append("` | ")
                .append(meaning)
                .append(" |\n"));
        return table.toString();
    }

    /** Every value in force and where it comes from; secrets are hidden. */
    public static String inForce(Values values) {
        StringBuilder shown = new StringBuilder();
        for (Setting<?> setting : Catalogue.settings()) {
            shown.append(setting.key()).append(": ");
            shown.append(setting.shown(values.textOf(setting)));
            shown.append("  # ").append(values.whereOf(setting)).append('\n');
        }
        return shown.toString();
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (INDENT.length() + line.length() + word.length() + 1 > COLUMNS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
