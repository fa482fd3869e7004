package dev.daveloper.grpc.documents;

import dev.daveloper.domain.failures.DocumentsFailed;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.grpc.StatusDetails;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a document service answers, checked: it may be anybody's. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** A single answer; one that breaks the contract fails the call. */
    static <A> A required(Supplier<A> read) {
        try {
            return read.get();
        } catch (InvalidValue | InvalidRequest e) {
            LOG.warn("an answer of the document service breaks the contract: {}", e.detail());
            throw new DocumentsFailed(e);
        }
    }

    /** The elements of a list, at most so many; those that break the contract are left out. */
    static <E, A> List<A> usable(List<E> elements, int max, Function<E, A> read) {
        List<A> usable = new ArrayList<>();
        boolean told = false;
        for (E element : elements) {
            if (usable.size() == max) {
                break;
            }
            try {
                usable.add(read.apply(element));
            } catch (InvalidValue | InvalidRequest e) {
                if (!told) {
                    LOG.warn("the document service lists something that breaks the contract: {}", e.detail());
                }
                told = true;
            }
        }
        return usable;
    }

    /** What it means that a call ended with this status, which is not OK. Nobody else keeps the service's own words. */
    static GatewayException failure(StatusRuntimeException ended) {
        if (Thread.currentThread().isInterrupted()) {
            return new DocumentsUnavailable(ended);
        }
        return logged(Statuses.failure(ended), ended);
    }

    /** The same, keeping them where the service is at fault. */
    static GatewayException logged(GatewayException failure, StatusRuntimeException ended) {
        if (failure instanceof DocumentsFailed) {
            LOG.warn("a call to the document service ended with {}", StatusDetails.describe(ended.getStatus()));
        }
        return failure;
    }
}
