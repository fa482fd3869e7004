package dev.daveloper.http.requests;

import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.failures.InvalidValue;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A place in a run's log as {@link Cursor} writes it; the empty text stands for the start. Null is let pass. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RunCursor.Rule.class)
public @interface RunCursor {
    String message() default "{name} must be two whole numbers joined by a hyphen, such as 1-42, not '{given}'.";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides. */
    final class Rule implements ConstraintValidator<RunCursor, String> {
        @Override
        public boolean isValid(@Nullable String cursor, ConstraintValidatorContext context) {
            try {
                return cursor == null
                        || cursor.isEmpty()
                        || !Cursor.parse(cursor).toString().isEmpty();
            } catch (InvalidValue e) {
                return false;
            }
        }
    }
}
