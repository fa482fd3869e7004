package dev.daveloper.http.requests;

import dev.daveloper.domain.Ids;
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

/** An identifier as {@link Ids} makes them: the prefix, then 26 characters. Null is let pass. */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WellFormedId.Rule.class)
public @interface WellFormedId {
    /** Such as {@code run_}. */
    String prefix();

    String message() default
            "{name} must be {prefix} and " + Ids.BODY_CHARS + " characters of 0-9 and a-z, not '{given}'.";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides. */
    final class Rule implements ConstraintValidator<WellFormedId, String> {
        private String prefix = "";

        @Override
        public void initialize(WellFormedId wanted) {
            prefix = wanted.prefix();
        }

        @Override
        public boolean isValid(@Nullable String id, ConstraintValidatorContext context) {
            try {
                return id == null || Ids.require("id", prefix, id).equals(id);
            } catch (InvalidValue e) {
                return false;
            }
        }
    }
}
