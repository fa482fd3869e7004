package dev.daveloper.http.failures;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A request's body came too slowly. Whoever reads it may find this, or what it causes. */
public final class SlowBody extends IOException {
    private static final long serialVersionUID = 1L;

    public SlowBody() {
        super("the body came too slowly", new TimeoutException("the body came too slowly"));
    }

    /** Whether reading a body failed because it, or the rest of it, did not come in time. */
    public static boolean caused(IOException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof TimeoutException || cause instanceof SlowBody;
    }
}
