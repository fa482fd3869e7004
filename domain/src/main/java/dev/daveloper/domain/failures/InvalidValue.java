package dev.daveloper.domain.failures;

/** A value that cannot be what it claims to be. Names the value, what came, and what was expected. */
public final class InvalidValue extends GatewayException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARS = 60;

    private final String name;
    private final String expected;

    public InvalidValue(String name, String value, String expected) {
        super(FailureCode.INVALID_REQUEST, name + " must be " + expected + ", not '" + shorten(value) + "'.");
        this.name = name;
        this.expected = expected;
    }

    /** Which value it was, as the caller knows it. */
    public String name() {
        return name;
    }

    public String expected() {
        return expected;
    }

    private static String shorten(String value) {
        if (value.length() <= SHOWN_CHARS) {
            return value;
        }
        boolean splits = Character.isHighSurrogate(value.charAt(SHOWN_CHARS - 1));
        return value.substring(0, splits ? SHOWN_CHARS - 1 : SHOWN_CHARS) + "…";
    }
}
