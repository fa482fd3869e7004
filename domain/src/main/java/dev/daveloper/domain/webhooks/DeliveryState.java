package dev.daveloper.domain.webhooks;

import java.time.Instant;

/** Where a delivery stands. */
public sealed interface DeliveryState {
    /** What it is called when it is asked for. */
    enum Kind {
        WAITING("waiting"),
        SENDING("sending"),
        DELIVERED("delivered"),
        DEAD("dead");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    Kind kind();

    /** For its next attempt. */
    record Waiting(Instant dueAt) implements DeliveryState {
        @Override
        public Kind kind() {
            return Kind.WAITING;
        }
    }

    /** A node attempts it, or has died over it if it is still so then. */
    record Sending(Instant leaseUntil) implements DeliveryState {
        @Override
        public Kind kind() {
            return Kind.SENDING;
        }
    }

    record Delivered(Instant at) implements DeliveryState {
        @Override
        public Kind kind() {
            return Kind.DELIVERED;
        }
    }

    /** It is attempted no more, unless somebody wishes so. */
    record Dead(Instant at, Death why) implements DeliveryState {
        @Override
        public Kind kind() {
            return Kind.DEAD;
        }
    }

    /** Why it is attempted no more. */
    enum Death {
        /** All attempts failed. */
        EXHAUSTED("exhausted"),
        /** The receiver answered 410. */
        GONE("gone"),
        /** As many deliveries waited for the endpoint as may; it was never attempted. */
        BACKLOG_FULL("backlog_full");

        private final String wireName;

        Death(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
