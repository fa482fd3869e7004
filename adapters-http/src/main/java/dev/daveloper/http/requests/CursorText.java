package dev.daveloper.http.requests;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page's {@code nextCursor}, which only the list that gave it understands: short and of plain characters. Null
 * is let pass.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CursorText.Rule.class)
public @interface CursorText {
    String message() default "{name} must be a nextCursor that this list gave, not '{given}'.";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides. */
    final class Rule implements ConstraintValidator<CursorText, String> {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=:-]{1,512}");

        @Override
        public boolean isValid(@Nullable String cursor, ConstraintValidatorContext context) {
            return cursor == null || FORM.matcher(cursor).matches();
        }
    }
}
