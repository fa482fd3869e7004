package dev.daveloper.http.documents;

import dev.daveloper.domain.documents.MediaKind;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A kind of document by the name that clients know it by. Empty and null are let pass. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = KindName.Rule.class)
@interface KindName {
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides, and lists the kinds there are. */
    final class Rule implements ConstraintValidator<KindName, String> {
        private static final String BROKEN = "{name} must be one of "
                + Stream.of(MediaKind.values()).map(MediaKind::wireName).collect(Collectors.joining(", "))
                + ", not '{given}'.";

        @Override
        public boolean isValid(@Nullable String kind, ConstraintValidatorContext context) {
            if (kind == null || kind.isEmpty() || MediaKind.ofWireName(kind).isPresent()) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(BROKEN).addConstraintViolation();
            return false;
        }
    }
}
