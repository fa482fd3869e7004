package dev.daveloper.domain.failures;

/** A wish about a webhook that cannot be granted as things stand: nothing was changed. */
public final class WebhookRefused extends GatewayException {
    private static final long serialVersionUID = 1L;

    private WebhookRefused(FailureCode code, String detail) {
        super(code, detail);
    }

    /** Two secrets of an endpoint sign already, and a third would make one of them worthless unseen. */
    public static WebhookRefused rotationUnderWay() {
        return new WebhookRefused(
                FailureCode.ROTATION_UNDER_WAY,
                "The secret was replaced a short while ago and the old one still signs as well. Wait until it does not,"
                        + " or replace it with an overlap of 0.");
    }

    public static WebhookRefused tooMany(int max) {
        return new WebhookRefused(
                FailureCode.TOO_MANY_WEBHOOKS, "There are " + max + " webhooks already, which is as many as may be.");
    }

    /** Where endpoints are kept by others than this process, their secrets are kept only if they can be sealed. */
    public static WebhookRefused unprotected() {
        return new WebhookRefused(
                FailureCode.WEBHOOK_SECRETS_UNPROTECTED,
                "The secrets of webhooks are kept encrypted alone; the operator has to set data.encryption-keys"
                        + " first.");
    }
}
