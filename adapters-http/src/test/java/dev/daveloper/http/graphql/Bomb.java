package dev.daveloper.http.graphql;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A document that is made to cost more than it is worth.
 *
 * @param refusal a word of what it is refused with, so that it is refused for what it is
 */
record Bomb(String name, String refusal, String document) {
    private static final String TOKENS = "grammar";

    @Override
    public String toString() {
        return name;
    }

    static Stream<Bomb> all() {
        return Stream.of(deep(), wide(), fragmented(), curious(), longTexts(), odd())
                .flatMap(List::stream);
    }

    static String times(int n, IntFunction<String> each) {
        return IntStream.range(0, n).mapToObj(each).collect(Collectors.joining(" "));
    }

    /** So many fields within one another. */
    private static String nested(int depth, String open, String inmost) {
        return open.repeat(depth) + inmost + "}".repeat(depth);
    }

    /** A chain of fragments, each of which spreads the next one as {@code body} has it. */
    private static String chain(int n, String type, String body, String end) {
        return times(n, i -> "fragment f" + i + " on " + type + "{" + body.replace("$", "f" + (i + 1)) + "}")
                + " fragment f" + n + " on " + type + "{" + end + "}";
    }

    private static List<Bomb> deep() {
        String lists = "[".repeat(1_900);
        return List.of(
                new Bomb("fields", "depth", "{session{activeRun{" + nested(30, "message{run{", "id") + "}".repeat(33)),
                new Bomb("fields beyond any parser", "deep", nested(900, "{a", "{a}")),
                new Bomb("lists", "deep", "{node(id:" + lists + lists.replace('[', ']') + "){id}}"),
                new Bomb("types", "deep", "query($a:" + lists + "Int" + lists.replace('[', ']') + "){tools{name}}"),
                new Bomb("objects", "deep", tested(nested(900, "{a:", "1"))));
    }

    private static List<Bomb> wide() {
        return List.of(
                new Bomb("aliases", "aliases", "{" + times(100, i -> "a" + i + ":health{status}") + "}"),
                new Bomb("one field many times", "fields", "{" + times(600, i -> "health{status}") + "}"),
                new Bomb("tokens", TOKENS, "{" + times(5_000, i -> "a") + "}"),
                new Bomb("unknown names", "undefined", "{" + times(900, i -> "a" + i) + "}"),
                new Bomb("variables", "Unused", "query(" + times(900, i -> "$a" + i + ":Int") + "){tools{name}}"),
                new Bomb(
                        "directives on a field",
                        "directives",
                        "{health" + times(60, i -> "@skip(if:false)") + "{status}}"),
                new Bomb(
                        "directives on fields",
                        "directives",
                        "{" + times(60, i -> "health@skip(if:false){status}") + "}"),
                new Bomb("unknown directives", "directives", "{health" + times(1_500, i -> "@a" + i) + "{status}}"),
                new Bomb("a list", "type", "{node(id:[" + times(3_900, i -> "1") + "]){id}}"),
                new Bomb("a page", "weighs", "{documents(first:2147483647){nodes{id name}}}"),
                new Bomb(
                        "pages",
                        "weighs",
                        "{session{" + times(6, i -> "a" + i + ":messages(first:200){nodes{text}}") + "}}"),
                new Bomb("operations", "operations", times(200, i -> "query q" + i + "{__typename}")));
    }

    private static List<Bomb> fragmented() {
        String run = "{session{activeRun{...f0}}}";
        return List.of(
                new Bomb("one within itself", "cycle", "{...a} fragment a on Query{...a}"),
                new Bomb("a ring", "cycle", "{...f0}" + chain(50, "Query", "...$", "...f0")),
                new Bomb(
                        "a ring by fields",
                        "cycle",
                        "{session{activeRun{...a}}} fragment a on Run{message{run{...a}}}"),
                new Bomb("doubled", "fields", "{...f0}" + chain(90, "Query", "...$ ...$", "tools{name}")),
                new Bomb(
                        "doubled without a type",
                        "fields",
                        "{...f0}" + chain(60, "Query", "...{...$} ...{...$}", "tools{name}")),
                new Bomb(
                        "doubled fields",
                        "depth",
                        run + chain(60, "Run", "message{run{...$}} message{run{...$}}", "id")),
                new Bomb(
                        "many fields within the depth",
                        "fields",
                        run + chain(7, "Run", times(10, i -> "message{run{...$}}"), "id")),
                new Bomb(
                        "many with many fields",
                        "fields",
                        "{" + times(30, i -> "...f" + i) + "}"
                                + times(
                                        30,
                                        i -> "fragment f" + i + " on Query{" + times(20, j -> "health{status}") + "}")),
                new Bomb(
                        "many that nobody uses",
                        "fragments",
                        "{health{status}}" + chain(200, "Query", "...$", "tools{name}")),
                new Bomb(
                        "shared by operations",
                        "fragments",
                        times(120, i -> "query q" + i + "{...f0}") + chain(120, "Query", "...$", "tools{name}")));
    }

    private static List<Bomb> curious() {
        return List.of(
                new Bomb(
                        "introspection in circles",
                        "good faith",
                        "{__schema{types{" + nested(8, "fields{type{", "name") + "}".repeat(11)),
                new Bomb(
                        "introspection from many sides",
                        "good faith",
                        "{" + times(25, i -> "a" + i + ":__schema{types{fields{name args{name}}}}") + "}"),
                new Bomb(
                        "types of types",
                        "good faith",
                        "{__type(name:\"Query\"){...f}} fragment f on __Type{fields{type{fields{type{name}}}}}"));
    }

    private static List<Bomb> longTexts() {
        return List.of(
                new Bomb("a name", "undefined", "{" + "a".repeat(31_000) + "}"),
                new Bomb("a number", "digits", "{documents(first:" + "9".repeat(31_000) + "){nodes{id}}}"),
                new Bomb("a fraction", "digits", "{documents(first:0." + "9".repeat(31_000) + "){nodes{id}}}"),
                new Bomb("white space", "characters", " ".repeat(40_000) + "{health{status}}"),
                new Bomb("commas", "characters", ",".repeat(40_000) + "{health{status}}"),
                new Bomb("comments", "characters", "#\n".repeat(20_000) + "{health{status}}"),
                new Bomb("many comments", "comments", "#\n".repeat(15_000) + "{health{status}}"),
                new Bomb("an open text", "", "{node(id:\"\"\"" + "\n ".repeat(10_000)));
    }

    private static List<Bomb> odd() {
        return List.of(
                new Bomb("a huge exponent", "", tested("1e99999999999")),
                new Bomb("a tiny exponent", "", tested("1e-99999999999")),
                new Bomb("half of a letter", "", "{node(id:\"\\ud83d\"){id}}"),
                new Bomb("a letter that is none", "", "{node(id:\"\\u{99999999999}\"){id}}"),
                new Bomb("nothing at all", "", "#"),
                new Bomb("a schema", "", "type Query{health:Int}"),
                new Bomb("a control character", "", "{health{status\u0000}}"));
    }

    private static String tested(String arguments) {
        return "mutation{testTool(name:\"x\",arguments:" + arguments + "){__typename}}";
    }
}
