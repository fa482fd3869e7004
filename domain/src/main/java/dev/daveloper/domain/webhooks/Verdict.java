package dev.daveloper.domain.webhooks;

/** What an attempt means for what comes next. */
public enum Verdict {
    /** The receiver has it. */
    DELIVERED("delivered"),
    /** It has not, and may be asked again. */
    FAILED("failed"),
    /** It has not, and says that too much comes: others wait as well. */
    THROTTLED("throttled"),
    /** It says that there is nobody any more, and never will be. */
    GONE("gone");

    private static final int GONE_STATUS = 410;
    private static final int TOO_MANY = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final String wireName;

    Verdict(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** Of a status of HTTP. One that leads elsewhere is a failure: nobody is followed. */
    public static Verdict of(int status) {
        if (status >= 200 && status < 300) {
            return DELIVERED;
        }
        return switch (status) {
            case GONE_STATUS -> GONE;
            case TOO_MANY, BAD_GATEWAY, GATEWAY_TIMEOUT -> THROTTLED;
            default -> FAILED;
        };
    }
}
