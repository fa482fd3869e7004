package dev.daveloper.http.graphql;

import dev.daveloper.domain.failures.AdminRequired;
import dev.daveloper.domain.failures.GatewayException;
import dev.daveloper.domain.failures.RunInProgress;
import dev.daveloper.domain.failures.SessionRequired;
import dev.daveloper.http.failures.Problems;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives what a mutation may expect to be refused with as its result, and leaves all else to be told as an error. */
final class Refusals {
    private final Problems problems;

    Refusals(Problems problems) {
        this.problems = problems;
    }

    /** Whose refusals are results. Who may not ask at all is told by an error, as for any other field. */
    DataFetcher<?> given(DataFetcher<?> mutation) {
        return environment -> {
            try {
                return mutation.get(environment);
            } catch (SessionRequired | AdminRequired e) {
                throw e;
            } catch (GatewayException e) {
                return told(e, environment);
            }
        };
    }

    private Typed told(GatewayException refused, DataFetchingEnvironment environment) {
        Problems.Told told = problems.tell(refused, Given.asker(environment).occasion());
        Watched.fieldFailed(environment, told.problem().code());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", told.problem().code());
        fields.put("title", told.problem().title());
        fields.put("detail", told.problem().detail());
        String retryAfter = told.headers().get("Retry-After");
        if (retryAfter != null) {
            fields.put("retryAfter", Long.parseLong(retryAfter));
        }
        if (refused instanceof RunInProgress busy) {
            fields.put("runId", busy.runId());
            return new Typed("RunInProgress", fields);
        }
        return new Typed("Problem", fields);
    }
}
