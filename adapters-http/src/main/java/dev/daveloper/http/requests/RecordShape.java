package dev.daveloper.http.requests;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request record looks like: its members by the names that clients use, and how one is made of them. */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, String> wireNames = new LinkedHashMap<>();
    private final Constructor<?> constructor;

    /** @param type of the member, with what it holds when it is a list */
    record Member(int position, Type type) {}

    private RecordShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            JsonProperty given = components[i].getAccessor().getAnnotation(JsonProperty.class);
            String name = given == null ? components[i].getName() : given.value();
            members.put(name, new Member(i, components[i].getGenericType()));
            wireNames.put(components[i].getName(), name);
        }
        this.constructor = canonical(type, components);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Set<String> names() {
        return members.keySet();
    }

    /** Null when the record has no member of this name. */
    @Nullable
    Member member(String name) {
        return members.get(name);
    }

    /** The name that clients know a component by. */
    String wireName(String component) {
        return wireNames.getOrDefault(component, component);
    }

    <T> T make(Class<T> type, @Nullable Object[] values) {
        try {
            return type.cast(constructor.newInstance(values));
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(type + " must take whatever comes, and leave judging to constraints", e);
        }
    }

    private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
        try {
            Constructor<?> found = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            found.setAccessible(true);
            return found;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has one", e);
        }
    }
}
