package dev.daveloper.http.documents;

import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.FailureCode;
import dev.daveloper.http.UploadLimits;
import dev.daveloper.http.failures.ProblemType;
import dev.daveloper.http.failures.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The uploads that there may be at once, of all together and of one session. Safe for use by many threads. */
final class UploadPlaces {
    private static final String RETRY_AFTER_SECONDS = "2";

    private final Semaphore free;
    private final int maxPerSession;
    private final Map<Scope, Integer> bySession = new ConcurrentHashMap<>();

    UploadPlaces(UploadLimits limits) {
        this.free = new Semaphore(limits.maxUploads());
        this.maxPerSession = limits.maxUploadsPerSession();
    }

    /** @throws Refusal when there are as many uploads as there may be */
    Place take() {
        if (!free.tryAcquire()) {
            throw busy("As many uploads are under way as may be at once.");
        }
        return new Place();
    }

    private static Refusal busy(String detail) {
        return new Refusal(
                ProblemType.of(FailureCode.DOCUMENTS_BUSY), detail, Map.of("Retry-After", RETRY_AFTER_SECONDS));
    }

    /** One upload's place. For one thread. */
    final class Place implements AutoCloseable {
        private @Nullable Scope owner;

        /**
         * Says whose upload it is. Administrators are bounded only all together.
         *
         * @throws Refusal when the session has as many uploads as it may have
         */
        void belongTo(Scope scope) {
            if (scope.equals(Scope.SHARED)) {
                return;
            }
            bySession.compute(scope, (session, uploads) -> {
                int others = uploads == null ? 0 : uploads;
                if (others >= maxPerSession) {
                    throw busy("This session has as many uploads under way as it may have.");
                }
                return others + 1;
            });
            owner = scope;
        }

        @Override
        public void close() {
            if (owner != null) {
                bySession.computeIfPresent(owner, (session, uploads) -> uploads == 1 ? null : uploads - 1);
            }
            free.release();
        }
    }
}
