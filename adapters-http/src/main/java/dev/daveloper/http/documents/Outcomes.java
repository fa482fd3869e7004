package dev.daveloper.http.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.daveloper.domain.documents.Accepted;
import dev.daveloper.domain.documents.DocumentName;
import dev.daveloper.domain.documents.JobId;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.http.failures.Problem;
import dev.daveloper.http.failures.Problems.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the files of one upload, in the order in which they came. For one thread. */
final class Outcomes {
    private final List<ItemView> items = new ArrayList<>();
    private @Nullable Accepted firstTaken;
    private @Nullable Told firstRefused;

    void taken(Accepted accepted) {
        firstTaken = firstTaken == null ? accepted : firstTaken;
        items.add(new ItemView(accepted.job().ticket().name(), JobView.Taken.of(accepted), null));
    }

    void refused(String sentName, Told told) {
        firstRefused = firstRefused == null ? told : firstRefused;
        items.add(new ItemView(shown(sentName), null, told.problem()));
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The job to be named by the answer's address; empty unless there was one file, and it was taken. */
    Optional<JobId> onlyJob() {
        return items.size() == 1 && firstTaken != null
                ? Optional.of(firstTaken.job().ticket().id())
                : Optional.empty();
    }

    /**
     * What to answer.
     *
     * @param cut why the upload was not read to its end; null when it was
     */
    Answer answer(@Nullable Told cut) {
        Problem rest = cut == null ? null : cut.problem();
        if (firstTaken != null) {
            Object body = items.size() == 1 && rest == null
                    ? JobView.Taken.of(firstTaken)
                    : new ItemsView(List.copyOf(items), rest);
            return new Answer(202, false, body, Map.of());
        }
        Told told = firstRefused == null ? cut : firstRefused;
        if (told == null) {
            throw new IllegalStateException("an upload without files is refused, and that is its problem");
        }
        Object body = items.size() > 1 ? new ItemsProblem(told.problem(), List.copyOf(items), rest) : told.problem();
        return new Answer(told.problem().status(), true, body, told.headers());
    }

    /** @param headers to send along */
    record Answer(int status, boolean problem, Object body, Map<String, String> headers) {}

    /** A refused name is shown as a taken one would be. */
    private static String shown(String sentName) {
        try {
            return DocumentName.clean(sentName);
        } catch (InvalidRequest e) {
            return "";
        }
    }

    /** @param rest why what was sent behind the last item was not read; absent when everything was */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ItemsView(List<ItemView> items, @Nullable Problem rest) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ItemsProblem(
            @JsonProperty @JsonUnwrapped Problem problem,
            @JsonProperty List<ItemView> items,
            @JsonProperty @Nullable Problem rest) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ItemView(
            String name,
            JobView.@Nullable Taken job,
            @Nullable Problem problem) {}
}
