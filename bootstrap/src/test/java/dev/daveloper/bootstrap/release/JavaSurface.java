package dev.daveloper.bootstrap.release;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AccessFlag;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What programs that embed the core were compiled against: public types, what they are, and their members. Whoever
 * implements an interface must do what it wants, and whoever tells the kinds of a sealed type apart must know them all.
 * What the core offers ({@code in}) is called and not implemented by others; enums may grow.
 */
final class JavaSurface {
    private final Surface surface = new Surface();

    private JavaSurface() {}

    static Surface of(Collection<Class<?>> types) {
        JavaSurface reading = new JavaSurface();
        types.stream().filter(JavaSurface::isSeen).forEach(reading::read);
        return reading.surface;
    }

    private static boolean isSeen(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && !type.isSynthetic() && (outer == null || isSeen(outer));
    }

    private void read(Class<?> type) {
        String name = nameOf(type);
        boolean open = mayBeExtended(type);
        surface.give(name, "is " + kindOf(type));
        if (open) {
            surface.give(name, "may be extended");
        }
        Stream.concat(Stream.of(type.getGenericInterfaces()), Stream.ofNullable(type.getGenericSuperclass()))
                .filter(each -> each != Object.class)
                .forEach(each -> surface.give(name, "is a " + shown(each)));
        for (Class<?> kind : Objects.requireNonNullElse(type.getPermittedSubclasses(), new Class<?>[0])) {
            surface.want(name, "know the kind " + nameOf(kind));
        }
        Stream.of(type.getDeclaredConstructors()).forEach(each -> read(name, each, open));
        Stream.of(type.getDeclaredMethods()).filter(each -> !each.isBridge()).forEach(each -> read(name, each, open));
        Stream.of(type.getDeclaredFields()).forEach(each -> read(name, each, open));
    }

    private static boolean isOffered(Class<?> type) {
        return type.getPackageName().endsWith(".in");
    }

    private static boolean mayBeExtended(Class<?> type) {
        if (type.isInterface() || type.isSealed() || Modifier.isFinal(type.getModifiers())) {
            return type.isInterface() && !type.isSealed() && !type.isAnnotation();
        }
        return Stream.of(type.getDeclaredConstructors()).anyMatch(each -> !Modifier.isPrivate(each.getModifiers()));
    }

    private void read(String name, Constructor<?> each, boolean open) {
        if (isSeen(each.getModifiers(), open)) {
            surface.give(name, "new(" + parametersOf(each) + ")" + failuresOf(each));
        }
    }

    private void read(String name, Method each, boolean open) {
        if (!isSeen(each.getModifiers(), open) || each.isSynthetic()) {
            return;
        }
        boolean isStatic = Modifier.isStatic(each.getModifiers());
        String text = (isStatic ? "static " : "") + each.getName() + "(" + parametersOf(each) + "): "
                + shown(each.getGenericReturnType()) + failuresOf(each);
        surface.give(name, text);
        if (open && Modifier.isAbstract(each.getModifiers()) && !isOffered(each.getDeclaringClass())) {
            surface.want(name, "do " + text);
        }
    }

    private void read(String name, Field each, boolean open) {
        if (each.isEnumConstant()) {
            surface.give(name, "the constant " + each.getName());
        } else if (isSeen(each.getModifiers(), open) && !each.isSynthetic()) {
            surface.give(name, "the field " + each.getName() + ": " + shown(each.getGenericType()));
        }
    }

    private static boolean isSeen(int modifiers, boolean open) {
        return Modifier.isPublic(modifiers) || (open && Modifier.isProtected(modifiers));
    }

    private static String kindOf(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        boolean isAbstract = kind.equals("class") && type.accessFlags().contains(AccessFlag.ABSTRACT);
        String parameters = Stream.of(type.getTypeParameters())
                .map(each -> each.getName()
                        + Arrays.stream(each.getBounds())
                                .map(JavaSurface::shown)
                                .collect(joining("&", " of ", "")))
                .collect(joining(", "));
        return (isAbstract ? "abstract " : "") + kind + (parameters.isEmpty() ? "" : " for " + parameters);
    }

    private static String parametersOf(Executable each) {
        return Stream.of(each.getGenericParameterTypes())
                .map(JavaSurface::shown)
                .collect(joining(", "));
    }

    private static String failuresOf(Executable each) {
        String failures = Stream.of(each.getExceptionTypes())
                .filter(type -> !RuntimeException.class.isAssignableFrom(type))
                .map(JavaSurface::shown)
                .sorted()
                .collect(joining(", "));
        return failures.isEmpty() ? "" : " throws " + failures;
    }

    private static String nameOf(Class<?> type) {
        return shown(type);
    }

    /** The name without packages, of nested types with that of the outer one. */
    private static String shown(Type type) {
        return type.getTypeName()
                .replaceAll("\\b[a-z]\\w*\\.", "")
                .replace('$', '.')
                .replace(": ", ":");
    }
}
