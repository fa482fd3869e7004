package dev.daveloper.bootstrap.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import dev.daveloper.bootstrap.architecture.SourceFile.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a file looks like. A rule says what is wrong, on which line, and what was expected. */
enum TidyRule {
    FILES_ARE_SHORT(TidyRule::shortFile),
    METHODS_ARE_SHORT((file, wrong) -> methods(file, (syntax, method) -> shortMethod(syntax, method, wrong))),
    LINES_FIT(TidyRule::narrow),
    NOTHING_IS_LEFT_FOR_LATER(unfinished()),
    NAMES_SAY_WHAT_A_TYPE_IS((file, wrong) -> types(file, (syntax, type) -> telling(type, wrong))),
    FOLDERS_ARE_FEATURES(Folders::check),
    TESTS_ARE_RUN(TestShapes::check),
    NO_MACHINE_IS_NAMED(machinePath());

    static final int MAX_FILE_LINES = 300;
    static final int MAX_METHOD_LINES = 40;
    static final int MAX_LINE_CHARACTERS = 120;

    private static final Pattern SAYS_NOTHING = Pattern.compile("(Impl|Utils?|Helpers?|Managers?)$");

    @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
    private final BiConsumer<SourceFile, Consumer<String>> check;

    TidyRule(BiConsumer<SourceFile, Consumer<String>> check) {
        this.check = check;
    }

    List<String> violationsIn(SourceFile file) {
        List<String> violations = new ArrayList<>();
        check.accept(file, complaint -> violations.add(file.path() + ": " + complaint));
        return violations;
    }

    private static void shortFile(SourceFile file, Consumer<String> wrong) {
        if (file.syntax() != null && file.lines().size() > MAX_FILE_LINES) {
            wrong.accept(file.lines().size() + " lines, at most " + MAX_FILE_LINES);
        }
    }

    private static void shortMethod(Syntax syntax, MethodTree method, Consumer<String> wrong) {
        if (method.getBody() == null) {
            return;
        }
        long first = syntax.firstLine(method.getBody());
        long lines = syntax.lastLine(method.getBody()) - first + 1;
        if (lines > MAX_METHOD_LINES) {
            wrong.accept("line " + first + ": " + method.getName() + " has " + lines + " lines, at most "
                    + MAX_METHOD_LINES);
        }
    }

    private static void narrow(SourceFile file, Consumer<String> wrong) {
        if (file.syntax() == null) {
            return;
        }
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > MAX_LINE_CHARACTERS) {
                wrong.accept("line " + (i + 1) + ": " + lines.get(i).length() + " characters, at most "
                        + MAX_LINE_CHARACTERS);
            }
        }
    }

    // Put together here so that these very lines keep the rules.
    private static BiConsumer<SourceFile, Consumer<String>> unfinished() {
        return noLineHas(Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b"), "work left for later");
    }

    private static BiConsumer<SourceFile, Consumer<String>> machinePath() {
        String folders = String.join("|", "home", "Users", "root", "work", "mnt", "private/var");
        return noLineHas(
                Pattern.compile("(?<![\\w.)}~-])(/(" + folders + ")/[\\w.]|[A-Z]:\\\\+Users\\\\)"),
                "a path of one machine");
    }

    private static BiConsumer<SourceFile, Consumer<String>> noLineHas(Pattern forbidden, String what) {
        return (file, wrong) -> {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (forbidden.matcher(lines.get(i)).find()) {
                    wrong.accept("line " + (i + 1) + ": " + what + ": "
                            + lines.get(i).strip());
                }
            }
        };
    }

    private static void telling(ClassTree type, Consumer<String> wrong) {
        if (SAYS_NOTHING.matcher(type.getSimpleName()).find()) {
            wrong.accept(type.getSimpleName() + " does not say what it is");
        }
    }

    private static void types(SourceFile file, BiConsumer<Syntax, ClassTree> visitor) {
        Syntax syntax = file.syntax();
        if (syntax != null) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitClass(ClassTree type, Void nothing) {
                    visitor.accept(syntax, type);
                    return super.visitClass(type, null);
                }
            }.scan(syntax.tree(), null);
        }
    }

    private static void methods(SourceFile file, BiConsumer<Syntax, MethodTree> visitor) {
        Syntax syntax = file.syntax();
        if (syntax != null) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void nothing) {
                    visitor.accept(syntax, method);
                    return super.visitMethod(method, null);
                }
            }.scan(syntax.tree(), null);
        }
    }
}
