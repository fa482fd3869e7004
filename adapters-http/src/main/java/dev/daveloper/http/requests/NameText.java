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
 * A name, or a part of one, on one line: no control characters, nothing that turns the direction of what stands
 * behind it, a bounded length. Empty and null are let pass.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NameText.Rule.class)
public @interface NameText {
    /** At most as many characters. */
    int max();

    String message() default "{name} must have at most {max} characters, no controls, no changes of direction.";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides. */
    final class Rule implements ConstraintValidator<NameText, String> {
        /** Controls, line and paragraph separators, and the marks, embeddings, overrides and isolates of direction. */
        private static final Pattern UNFIT = Pattern.compile(
                "[\\p{Cntrl}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]",
                Pattern.UNICODE_CHARACTER_CLASS);

        private int max;

        @Override
        public void initialize(NameText wanted) {
            max = wanted.max();
        }

        @Override
        public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
            return name == null || (name.length() <= max && !UNFIT.matcher(name).find());
        }
    }
}
