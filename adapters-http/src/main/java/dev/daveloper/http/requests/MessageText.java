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
import org.jspecify.annotations.Nullable;

/**
 * What somebody says: more than white space, a bounded length, no NUL. Everything else is text and passes as it is;
 * that it is well-formed Unicode was seen to when it was read.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MessageText.Rule.class)
public @interface MessageText {
    /** At most as many UTF-16 code units. */
    int max();

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Decides, and says which of the rules is broken. */
    final class Rule implements ConstraintValidator<MessageText, String> {
        private int max;

        @Override
        public void initialize(MessageText wanted) {
            max = wanted.max();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text == null || text.isBlank()) {
                return broken(context, "The {name} must not be empty.");
            }
            if (text.length() > max) {
                return broken(context, "The {name} must have at most {max} characters, not {length}.");
            }
            return text.indexOf('\0') < 0 || broken(context, "The {name} must not contain the character NUL.");
        }

        private static boolean broken(ConstraintValidatorContext context, String rule) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(rule).addConstraintViolation();
            return false;
        }
    }
}
