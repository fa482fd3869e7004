package dev.daveloper.domain.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTextTest {
    @Test
    void a_sentence_says_it_all() {
        Policy policy = PolicyText.read(" tokens : 100000 tokens per 1d by session on POST /agent/chat"
                + " burst 5000 slice 200 shadow failing refuse ");
        assertThat(policy)
                .isEqualTo(new Policy(
                        "tokens",
                        Unit.TOKENS,
                        new Rate(100_000, Duration.ofDays(1), 5_000),
                        KeyedBy.SESSION,
                        Map.of(Target.of("POST", "/agent/chat"), 1L),
                        200,
                        true,
                        OnFailure.REFUSE));
        assertThat(policy.targets()).singleElement().matches(Target::isEndpoint);
        assertThat(policy.quota()).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat: 20 requests per 1m by session on chat",
                "chat: 20 requests per 1500ms by global on all burst 3",
                "up: 1048576 bytes per 1h by address on uploads",
                "q: 500 complexity per 30s by session on graphql",
                "open: 4 at once by address on GET /ws/chat shadow",
                "work: 100 requests per 1m by session on chat*5 + reads + POST /documents/ingest*10",
                "t: 900 tokens per 2d by session on chat slice 500 failing refuse"
            })
    void what_is_written_is_read_again(String sentence) {
        assertThat(PolicyText.read(sentence)).hasToString(sentence);
    }

    @Test
    void a_call_takes_the_most_that_any_of_its_targets_costs() {
        Policy work = PolicyText.read("work: 100 per 1m by session on chat*5 + all");
        Target all = Target.of(Activity.ALL);
        assertThat(work.costOf(Set.of(all, Target.of(Activity.CHAT)))).isEqualTo(5);
        assertThat(work.costOf(Set.of(all))).isEqualTo(1);
        assertThat(work.costOf(Set.of(Target.of(Activity.READS)))).isZero();
    }

    @Test
    void what_is_usual_need_not_be_said() {
        assertThat(PolicyText.read("a: 5 per 1s by session on chat"))
                .isEqualTo(PolicyText.read("a: 5 requests per 1s by session on chat burst 5"));
        assertThat(PolicyText.read("a: 2MiB bytes per 1s by session on uploads burst 1KiB")
                        .limit()
                        .most())
                .isEqualTo(1_024);
        assertThat(PolicyText.read("a: 40 tokens per 1s by session on chat").slice())
                .isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a:",
                "a: ",
                "a: 5",
                "a: 5 requests",
                "a: 5 per",
                "a: 5 per 1m",
                "a: 5 per 1m by",
                "a: 5 per 1m by moon on chat",
                "a: 5 per 1m by session",
                "a: 5 per 1m by session on",
                "a: 5 per 1m by session on nothing",
                "a: 5 per 1m by session on GET",
                "a: 5 per 1m by session on BREW /pot",
                "a: 5 per 1m by session on chat burst",
                "a: 5 per 1m by session on chat burst 0",
                "a: 5 per 1m by session on chat slice 6",
                "a: 5 per 1m by session on chat failing",
                "a: 5 per 1m by session on chat failing often",
                "a: 5 per 1m by session on chat today",
                "a: -5 per 1m by session on chat",
                "a: 5.5 per 1m by session on chat",
                "a: 99999999999999GiB bytes per 1m by session on chat",
                "a: 5 each 1m by session on chat",
                "a: 5 per 1m by session on chat*6",
                "a: 5 per 1m by session on chat*0",
                "a: 5 per 1m by session on chat +",
                "a: 5 per 1m by session on chat + chat",
                "a: 5 at once by session on chat*2",
                "a: 5 bytes per 1m by session on chat*2",
                "a: 5 per 0m by session on chat",
                "a: 5 per 1y by session on chat",
                "a: 5 per 999999999d by session on chat",
                "a: 5 at last by session on chat",
                "a: 5 bytes at once by session on chat",
                "a: 99999999 at once by session on chat",
                "A: 5 per 1m by session on chat",
                "a-name-that-is-much-longer-than-any-may-be: 5 per 1m by session on chat"
            })
    void what_cannot_be_meant_is_refused(String sentence) {
        assertThatThrownBy(() -> PolicyText.read(sentence)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> PolicyText.read("a: 5 per 1m by session on chat" + " ".repeat(PolicyText.MAX_CHARS)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_limit_fits_what_is_counted() {
        assertThatThrownBy(() -> new Policy(
                        "a",
                        Unit.REQUESTS,
                        new Concurrency(1),
                        KeyedBy.GLOBAL,
                        Map.of(Target.of(Activity.ALL), 1L),
                        1,
                        false,
                        OnFailure.ALLOW))
                .isInstanceOf(InvalidValue.class);
    }
}
