package dev.daveloper.domain.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
                "a: 5 tokens per 1m by session on chat slice 6",
                "a: 5 per 1m by session on chat slice 2",
                "a: 5 at once by session on chat slice 2",
                "a: 5 at once by session on chat burst 5",
                "a: 5 tokens at once by session on chat",
                "a: 5 at",
                "a: 5 at once by session on chat failing",
                "a: 5 per 1m by session on + chat",
                "a: 5 per 1m by session on /agent",
                "a: 5 per 1m by session on GET /a*2*3",
                "a: 5 per 1m by session on chat*99999999999999999999",
                "a: 999999999999999999999 per 1m by session on chat",
                "a: 5 per 99999999999s by session on chat",
                "a: 999999999999999GiB per 1m by session on chat",
                "\u0000: 5 per 1m by session on chat",
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

    @Test
    void what_is_read_can_be_written_and_read_again_or_is_refused() {
        String sentence = "a: 5 per 1m by session on GET /" + "a".repeat(180) + " + PUT /";
        int spare = PolicyText.MAX_CHARS - " requests".length() - sentence.length();
        Policy longest = PolicyText.read(sentence + "a".repeat(spare));
        assertThat(longest.toString()).hasSize(PolicyText.MAX_CHARS);
        assertThat(PolicyText.read(longest.toString())).isEqualTo(longest);
        assertThatThrownBy(() -> PolicyText.read(sentence + "a".repeat(spare + 1)))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void no_sentence_however_broken_fails_otherwise_than_by_being_refused() {
        List<String> words = List.of(("a: 5 0 1GiB 9999999999999999 requests tokens bytes per 1m 999999999d at once by"
                        + " session global on chat chat*5 all* GET /x /x*3 + burst slice shadow failing refuse * :")
                .split(" "));
        Random random = new Random(11);
        List<String> whole = List.of("a: 5 tokens per 1m by session on chat*5 + GET /x burst 3 slice 2".split(" "));
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            List<String> broken = new ArrayList<>(whole);
            for (int k = random.nextInt(4); k >= 0; k--) {
                int place = random.nextInt(broken.size());
                switch (random.nextInt(3)) {
                    case 0 -> broken.remove(place);
                    case 1 -> broken.add(place, words.get(random.nextInt(words.size())));
                    default -> broken.set(place, words.get(random.nextInt(words.size())));
                }
            }
            try {
                Policy policy = PolicyText.read(String.join(" ", broken));
                assertThat(PolicyText.read(policy.toString())).isEqualTo(policy);
                read++;
            } catch (InvalidValue e) {
                assertThat(e).hasMessageContaining("must be");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void a_policy_applies_to_something_and_at_a_price_that_can_be_paid() {
        assertThatThrownBy(() -> costing(Map.of())).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> costing(Map.of(Target.of(Activity.ALL), 0L))).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> costing(Map.of(Target.of(Activity.ALL), 6L))).isInstanceOf(InvalidValue.class);
        assertThat(costing(Map.of(Target.of(Activity.ALL), 5L)).quota()).isEqualTo(5);
    }

    private static Policy costing(Map<Target, Long> costs) {
        Rate rate = Rate.of(5, Duration.ofSeconds(1));
        return new Policy("a", Unit.REQUESTS, rate, KeyedBy.GLOBAL, costs, 1, false, OnFailure.ALLOW);
    }

    @Test
    void a_target_is_a_group_or_an_endpoint_whose_path_cannot_be_taken_for_a_price() {
        for (Activity activity : Activity.values()) {
            assertThat(new Target(activity.wireName()))
                    .isEqualTo(Target.of(activity))
                    .hasToString(activity.wireName());
            assertThat(Target.of(activity).isEndpoint()).isFalse();
        }
        assertThat(Target.of("DELETE", "/documents/{id}")).hasToString("DELETE /documents/{id}");
        for (String wrong : List.of("", "Chat", "GET", "GET x", "get /x", "GET  /x", "GET /x y", "GET /x*5")) {
            assertThatThrownBy(() -> new Target(wrong)).isInstanceOf(InvalidValue.class);
        }
    }
}
