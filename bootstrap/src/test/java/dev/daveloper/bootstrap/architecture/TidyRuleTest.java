package dev.daveloper.bootstrap.architecture;

import static dev.daveloper.bootstrap.architecture.TidyRule.FILES_ARE_SHORT;
import static dev.daveloper.bootstrap.architecture.TidyRule.FOLDERS_ARE_FEATURES;
import static dev.daveloper.bootstrap.architecture.TidyRule.LINES_FIT;
import static dev.daveloper.bootstrap.architecture.TidyRule.METHODS_ARE_SHORT;
import static dev.daveloper.bootstrap.architecture.TidyRule.NAMES_SAY_WHAT_A_TYPE_IS;
import static dev.daveloper.bootstrap.architecture.TidyRule.NOTHING_IS_LEFT_FOR_LATER;
import static dev.daveloper.bootstrap.architecture.TidyRule.NO_MACHINE_IS_NAMED;
import static dev.daveloper.bootstrap.architecture.TidyRule.TESTS_ARE_RUN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TidyRuleTest {
    private static final String CHAT = "domain/src/main/java/dev/daveloper/domain/chat/";
    private static final String TEST = "domain/src/test/java/dev/daveloper/domain/chat/";

    @ParameterizedTest
    @MethodSource
    void notices(TidyRule rule, String path, String text, String complaint) {
        assertThat(rule.violationsIn(SourceFile.of(path, text)))
                .singleElement()
                .asString()
                .startsWith(path + ": ")
                .contains(complaint);
    }

    static Stream<Arguments> notices() {
        return Stream.of(shape(), words(), places(), tests()).flatMap(List::stream);
    }

    private static List<Arguments> shape() {
        return List.of(
                Arguments.of(FILES_ARE_SHORT, CHAT + "Long.java", "//\n".repeat(301), "301 lines, at most 300"),
                Arguments.of(
                        METHODS_ARE_SHORT,
                        CHAT + "Long.java",
                        "class Long {\n void run() {\n" + "  ;\n".repeat(39) + " }\n}\n",
                        "line 2: run has 41 lines, at most 40"),
                Arguments.of(
                        METHODS_ARE_SHORT,
                        CHAT + "Long.java",
                        "class Long {\n Runnable it = new Runnable() {\n  public void run() {\n" + "   ;\n".repeat(40)
                                + "  }\n };\n}\n",
                        "line 3: run has 42 lines"),
                Arguments.of(LINES_FIT, CHAT + "Wide.java", "//" + "x".repeat(119), "line 1: 121 characters"),
                Arguments.of(NAMES_SAY_WHAT_A_TYPE_IS, CHAT + "Vague.java", "class ChatImpl {}", "ChatImpl"),
                Arguments.of(NAMES_SAY_WHAT_A_TYPE_IS, CHAT + "Vague.java", "record TimeUtils() {}", "TimeUtils"),
                Arguments.of(
                        NAMES_SAY_WHAT_A_TYPE_IS, CHAT + "Vague.java", "class A { enum RunHelper {} }", "RunHelper"),
                Arguments.of(NAMES_SAY_WHAT_A_TYPE_IS, CHAT + "Vague.java", "interface RunManager {}", "RunManager"));
    }

    private static List<Arguments> words() {
        return List.of(
                Arguments.of(NOTHING_IS_LEFT_FOR_LATER, CHAT + "A.java", "// TO" + "DO later", "line 1"),
                Arguments.of(NOTHING_IS_LEFT_FOR_LATER, "docs/a.md", "\nFIX" + "ME", "line 2"),
                Arguments.of(NO_MACHINE_IS_NAMED, "docs/a.md", "see /ho" + "me/ann/x", "line 1"),
                Arguments.of(NO_MACHINE_IS_NAMED, "deploy/a.yaml", "path: /Use" + "rs/ann", "line 1"),
                Arguments.of(NO_MACHINE_IS_NAMED, CHAT + "A.java", "// C:\\Use" + "rs\\ann", "line 1"));
    }

    private static List<Arguments> places() {
        String root = "src/main/java/dev/daveloper/";
        return List.of(
                Arguments.of(FOLDERS_ARE_FEATURES, "domain/" + root + "domain/misc/A.java", "", "folder misc"),
                Arguments.of(FOLDERS_ARE_FEATURES, "domain/" + root + "domain/chat/in/A.java", "", "folder in"),
                Arguments.of(FOLDERS_ARE_FEATURES, "application/" + root + "application/chat/x/A.java", "", "folder x"),
                Arguments.of(FOLDERS_ARE_FEATURES, "application/" + root + "application/testkit/A.java", "", "testkit"),
                Arguments.of(FOLDERS_ARE_FEATURES, "adapters-http/" + root + "http/fixtures/A.java", "", "fixtures"),
                Arguments.of(FOLDERS_ARE_FEATURES, "adapters-http/" + root + "grpc/A.java", "", "is not in"),
                Arguments.of(FOLDERS_ARE_FEATURES, "bootstrap/src/main/java/A.java", "", "is not in"));
    }

    private static List<Arguments> tests() {
        return List.of(
                Arguments.of(TESTS_ARE_RUN, TEST + "RunTest.java", "class RunTest { void a_run() {} }", "a_run"),
                Arguments.of(TESTS_ARE_RUN, TEST + "LogContract.java", "class LogContract { public void a() {} }", "a"),
                Arguments.of(
                        TESTS_ARE_RUN,
                        TEST + "RunTest.java",
                        "class RunTest { @Nested class Ended { void stays_ended() {} } }",
                        "stays_ended"),
                Arguments.of(
                        TESTS_ARE_RUN,
                        TEST + "RunTest.java",
                        "class RunTest { @Test @Dis" + "abled void a() {} }",
                        "switched off"));
    }

    @ParameterizedTest
    @EnumSource
    void each_rule_is_shown_able_to_fail(TidyRule rule) {
        assertThat(notices()).anyMatch(shown -> shown.get()[0] == rule);
    }

    @ParameterizedTest
    @EnumSource
    void lets_tidy_files_pass(TidyRule rule) {
        String test = """
                class RunTest {
                    @Test void a_run_ends_once() {}
                    @BeforeEach void open() {}
                    @Override public void close() {}
                    protected void hook() {}
                    abstract void crash();
                    static void start() {}
                    class Fake { void answer() {} }
                }
                """;

        assertThat(List.of(
                        SourceFile.of(CHAT + "Run.java", "class Run {\n void end() {\n" + ";\n".repeat(38) + " }\n}\n"),
                        SourceFile.of(TEST + "RunTest.java", test),
                        SourceFile.of(
                                "application/src/main/java/dev/daveloper/application/chat/in/Chat.java",
                                "interface Chat {}"),
                        SourceFile.of("application/src/test/java/dev/daveloper/application/chat/testkit/A.java", ""),
                        SourceFile.of(
                                "docs/a.md", "GET /v1/home and https://example.org/home/page, " + "x".repeat(120))))
                .allSatisfy(file -> assertThat(rule.violationsIn(file)).isEmpty());
    }

    @Test
    void code_inside_generated_folders_is_not_ours() throws Exception {
        assertThat(SourceTree.files(SourceTree.root()))
                .isNotEmpty()
                .noneMatch(file -> file.path().contains("/target/"));
    }
}
