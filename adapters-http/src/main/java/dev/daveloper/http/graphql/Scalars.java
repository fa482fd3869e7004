package dev.daveloper.http.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scalars of the schema that GraphQL itself does not have. */
final class Scalars {
    /** What a double holds exactly, and JavaScript with it. */
    private static final long MOST = (1L << 53) - 1;

    static final GraphQLScalarType DATE_TIME = scalar("DateTime", new DateTimes());
    static final GraphQLScalarType LONG = scalar("Long", new Longs());
    static final GraphQLScalarType JSON = scalar("JSON", new Anything());

    private Scalars() {}

    private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
    }

    private static final class DateTimes implements Coercing<Instant, String> {
        private static final String EXPECTED = "a moment such as 2026-01-31T12:00:00Z is expected";
        private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value.toString();
        }

        @Override
        public Instant parseValue(Object value, GraphQLContext context, Locale locale) {
            try {
                return read(value);
            } catch (DateTimeParseException e) {
                throw new CoercingParseValueException(EXPECTED);
            }
        }

        /** Within what every store can keep; nobody means another one. */
        private static Instant read(Object value) {
            Instant moment = OffsetDateTime.parse(String.valueOf(value)).toInstant();
            if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LATEST)) {
                throw new DateTimeParseException(EXPECTED, moment.toString(), 0);
            }
            return moment;
        }

        @Override
        public Instant parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            try {
                return read(value instanceof StringValue text ? String.valueOf(text.getValue()) : "");
            } catch (DateTimeParseException e) {
                throw new CoercingParseLiteralException(EXPECTED);
            }
        }
    }

    private static final class Longs implements Coercing<Long, Long> {
        private static final String EXPECTED = "a whole number of up to 53 bits is expected";

        @Override
        public Long serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Number number) {
                return number.longValue();
            }
            throw new CoercingSerializeException("a number is expected");
        }

        @Override
        public Long parseValue(Object value, GraphQLContext context, Locale locale) {
            if (isWhole(value)) {
                return ((Number) value).longValue();
            }
            throw new CoercingParseValueException(EXPECTED);
        }

        private static boolean isWhole(Object value) {
            boolean whole = value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            return whole && Math.abs(((Number) value).doubleValue()) <= MOST;
        }

        @Override
        public Long parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (value instanceof IntValue number && isWhole(number.getValue())) {
                return number.getValue().longValue();
            }
            throw new CoercingParseLiteralException(EXPECTED);
        }
    }

    /** As deep as a document may be, which is bounded where it is read. */
    private static final class Anything implements Coercing<Object, Object> {
        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            Object read = read(value, variables);
            if (read == null) {
                throw new CoercingParseLiteralException("null is no value here");
            }
            return read;
        }

        private static @Nullable Object read(@Nullable Value<?> value, CoercedVariables variables) {
            return switch (value) {
                case StringValue text -> text.getValue();
                case BooleanValue truth -> truth.isValue();
                case IntValue number -> number.getValue();
                case FloatValue number -> number.getValue();
                case ArrayValue array -> list(array, variables);
                case ObjectValue object -> map(object, variables);
                case VariableReference reference -> variables.get(reference.getName());
                case NullValue nothing -> null;
                case null -> null;
                default -> throw new CoercingParseLiteralException("a JSON value is expected");
            };
        }

        private static List<@Nullable Object> list(ArrayValue array, CoercedVariables variables) {
            List<@Nullable Object> items = new ArrayList<>();
            array.getValues().forEach(each -> items.add(read(each, variables)));
            return items;
        }

        private static Map<String, @Nullable Object> map(ObjectValue object, CoercedVariables variables) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.getObjectFields().forEach(field -> fields.put(field.getName(), read(field.getValue(), variables)));
            return fields;
        }
    }
}
