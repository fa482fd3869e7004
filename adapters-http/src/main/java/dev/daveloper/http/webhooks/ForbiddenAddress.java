package dev.daveloper.http.webhooks;

import java.io.IOException;

/** Where a name leads nobody is sent to. */
final class ForbiddenAddress extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddress() {
        super("none of its addresses may be connected to");
    }
}
