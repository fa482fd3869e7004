package dev.daveloper.bootstrap.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.daveloper.bootstrap.architecture.SourceFile.Syntax;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** A method that looks like a test and is none proves nothing; a test that is switched off proves less than that. */
final class TestShapes {
    private static final Set<String> KNOWN_TO_JUNIT = Set.of(
            "Test",
            "ParameterizedTest",
            "RepeatedTest",
            "TestFactory",
            "TestTemplate",
            "FuzzTest",
            "BeforeEach",
            "AfterEach",
            "BeforeAll",
            "AfterAll",
            "ArchTest",
            "Override");

    private static final Set<String> SWITCHED_OFF = Set.of("Disabled", "Ignore");

    private TestShapes() {}

    static void check(SourceFile file, Consumer<String> wrong) {
        Syntax syntax = file.syntax();
        if (syntax == null) {
            return;
        }
        for (Tree type : syntax.tree().getTypeDecls()) {
            if (type instanceof ClassTree c && c.getSimpleName().toString().matches("\\w+(Test|Contract|IT)")) {
                unmarked(syntax, c, wrong);
            }
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
                if (SWITCHED_OFF.contains(name(annotation))) {
                    wrong.accept("line " + syntax.firstLine(annotation) + ": a test is switched off");
                }
                return super.visitAnnotation(annotation, null);
            }
        }.scan(syntax.tree(), null);
    }

    private static void unmarked(Syntax syntax, ClassTree type, Consumer<String> wrong) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && looksLikeATest(method)) {
                wrong.accept("line " + syntax.firstLine(method) + ": " + method.getName() + " is never run: no @Test");
            }
            if (member instanceof ClassTree nested
                    && annotations(nested.getModifiers()).contains("Nested")) {
                unmarked(syntax, nested, wrong);
            }
        }
    }

    private static boolean looksLikeATest(MethodTree method) {
        Set<Modifier> modifiers = method.getModifiers().getFlags();
        return method.getReturnType() != null
                && method.getReturnType().toString().equals("void")
                && method.getParameters().isEmpty()
                && method.getBody() != null
                && !modifiers.contains(Modifier.PRIVATE)
                && !modifiers.contains(Modifier.PROTECTED)
                && !modifiers.contains(Modifier.STATIC)
                && annotations(method.getModifiers()).stream().noneMatch(KNOWN_TO_JUNIT::contains);
    }

    private static Set<String> annotations(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream().map(TestShapes::name).collect(Collectors.toSet());
    }

    private static String name(AnnotationTree annotation) {
        String name = annotation.getAnnotationType().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
