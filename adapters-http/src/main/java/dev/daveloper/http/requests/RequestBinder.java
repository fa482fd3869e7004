package dev.daveloper.http.requests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidRequest.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request record of a JSON object, the same for every transport: unknown members, wrong types and broken
 * constraints are found and named together. Safe for use by many threads.
 */
public final class RequestBinder {
    private static final int MAX_VIOLATIONS = 20;
    private static final Map<Class<?>, String> EXPECTED = Map.of(
            String.class, "a string",
            Boolean.class, "true or false",
            Integer.class, "a whole number",
            ObjectNode.class, "an object");

    private final JsonCodec json;
    private final Validator validator;

    public RequestBinder(JsonCodec json) {
        this.json = json;
        this.validator = Validation.byProvider(HibernateValidator.class)
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
    }

    /** @throws InvalidRequest naming everything that is wrong, at most {@value #MAX_VIOLATIONS} things */
    public <T> T bind(ObjectNode tree, Class<T> type) {
        List<Violation> violations = new ArrayList<>();
        ObjectNode rest = tree.deepCopy();
        T value = read(rest, type, violations);
        while (value == null && violations.size() < MAX_VIOLATIONS) {
            value = read(rest, type, violations);
        }
        if (value != null) {
            addBrokenConstraints(value, violations);
        }
        if (value == null || !violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
        return value;
    }

    /** Notes what cannot be read, takes it out of the tree, and answers null so that the rest is tried. */
    private <T> @Nullable T read(ObjectNode tree, Class<T> type, List<Violation> violations) {
        try {
            return json.mapper().treeToValue(tree, type);
        } catch (JsonMappingException e) {
            if (e.getPath().isEmpty()) {
                throw new IllegalStateException(type + " cannot be bound", e);
            }
            violations.add(new Violation(pointerOf(e), detailOf(e)));
            tree.remove(e.getPath().getFirst().getFieldName());
            return null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read is well-formed", e);
        }
    }

    private <T> void addBrokenConstraints(T value, List<Violation> violations) {
        List<String> known = violations.stream().map(Violation::pointer).toList();
        validator.validate(value).stream()
                .map(broken -> new Violation(pointerOf(broken), broken.getMessage()))
                .filter(violation -> !known.contains(violation.pointer()))
                .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::detail))
                .limit(MAX_VIOLATIONS)
                .forEach(violations::add);
    }

    private static String detailOf(JsonMappingException e) {
        String name = nameOf(e);
        if (e instanceof UnrecognizedPropertyException) {
            return "There is no member '" + name + "' here.";
        }
        Class<?> target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : Integer.class;
        if (target == null) {
            return name + " is not of the expected type.";
        }
        String expected = Collection.class.isAssignableFrom(target) ? "a list" : EXPECTED.get(target);
        return name + " must be " + (expected == null ? "of the expected type" : expected) + ".";
    }

    private static String nameOf(JsonMappingException e) {
        String name = e.getPath().getLast().getFieldName();
        return name == null ? "The item" : name;
    }

    private static String pointerOf(JsonMappingException e) {
        StringBuilder pointer = new StringBuilder("#");
        for (JsonMappingException.Reference step : e.getPath()) {
            String name = step.getFieldName();
            pointer.append('/').append(name == null ? Integer.toString(step.getIndex()) : escape(name));
        }
        return pointer.toString();
    }

    private static String pointerOf(ConstraintViolation<?> broken) {
        StringBuilder pointer = new StringBuilder("#");
        for (Path.Node node : broken.getPropertyPath()) {
            Integer index = node.getIndex();
            if (index != null) {
                pointer.append('/').append(index);
            }
            if (node.getName() != null) {
                pointer.append('/').append(escape(node.getName()));
            }
        }
        return pointer.toString();
    }

    private static String escape(String name) {
        String token = name.replace("~", "~0").replace("/", "~1");
        return URLEncoder.encode(token, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }
}
