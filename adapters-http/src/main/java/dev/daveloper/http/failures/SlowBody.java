package dev.daveloper.http.failures;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A request's body came too slowly. Whoever reads it may find this, or what it causes. */
public final class SlowBody extends IOException {
    private static final long serialVersionUID = 1L;

    public SlowBody() {
        super("the body came too slowly", new TimeoutException("the body came too slowly"));
    }

    /** Whether something failed because a body, or the rest of it, did not come in time. */
    static boolean caused(Throwable thrown) {
        return thrown instanceof IOException
                && (thrown.getCause() instanceof TimeoutException || thrown.getCause() instanceof SlowBody);
    }
}
