package dev.daveloper.http.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidRequest.Violation;
import dev.daveloper.http.requests.RecordReader.Part;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.hibernate.validator.spi.nodenameprovider.JavaBeanProperty;
import org.hibernate.validator.spi.nodenameprovider.Property;

/**
 * Makes a request record of a JSON object, the same for every transport: unknown members, wrong types and broken
 * constraints are found in one pass and named together. Safe for use by many threads.
 *
 * <p>A constraint's message may say <code>{name}</code> for the member as clients know it, <code>{given}</code> for the
 * value that came, shortened, and <code>{length}</code> for how many characters it has. They are filled in last, so
 * that nothing in a client's text is taken for a parameter.
 */
public final class RequestBinder {
    private static final String NAME = "{name}";
    private static final String GIVEN = "{given}";
    private static final String LENGTH = "{length}";

    private final Validator validator;

    public RequestBinder() {
        this.validator = Validation.byProvider(HibernateValidator.class)
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .propertyNodeNameProvider(RequestBinder::wireName)
                .buildValidatorFactory()
                .getValidator();
    }

    /** @throws InvalidRequest naming everything that is wrong, at most {@value Violations#MAX} things */
    public <T> T bind(ObjectNode tree, Class<T> type) {
        Violations violations = new Violations();
        T value = bind(tree, type, violations);
        violations.refuseAny();
        return value;
    }

    /** Notes what is wrong; the record is worth something only when nothing is. */
    public <T> T bind(ObjectNode tree, Class<T> type, Violations violations) {
        return bind(tree, type, Part.BODY, Pointers.ROOT, violations);
    }

    <T> T bind(ObjectNode tree, Class<T> type, Part part, String place, Violations violations) {
        T value = new RecordReader(part, violations).read(tree, type, place);
        if (violations.areFull()) {
            return value;
        }
        Set<ConstraintViolation<T>> all = validator.validate(value);
        if (!all.isEmpty()) {
            all.stream()
                    .map(broken -> new Violation(Pointers.of(place, broken), detailOf(broken)))
                    .filter(violation -> !violations.cover(violation.pointer()))
                    .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::detail))
                    // What is found here must not hide more that is found here.
                    .toList()
                    .forEach(violation -> violations.add(violation.pointer(), violation.detail()));
        }
        return value;
    }

    private static String detailOf(ConstraintViolation<?> broken) {
        String given =
                broken.getInvalidValue() == null ? "" : broken.getInvalidValue().toString();
        String name = "";
        for (Path.Node node : broken.getPropertyPath()) {
            name = node.getName() == null ? name : node.getName();
        }
        return broken.getMessage()
                .replace(NAME, name)
                .replace(LENGTH, Integer.toString(given.length()))
                .replace(GIVEN, Unicode.quoted(given));
    }

    private static String wireName(Property property) {
        return property instanceof JavaBeanProperty bean
                        && bean.getDeclaringClass().isRecord()
                ? RecordShape.of(bean.getDeclaringClass()).wireName(bean.getName())
                : property.getName();
    }
}
