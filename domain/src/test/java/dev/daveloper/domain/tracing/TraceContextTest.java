package dev.daveloper.domain.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.domain.failures.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                PARENT,
                "cc-" + TRACE + "-" + SPAN + "-01",
                "cc-" + TRACE + "-" + SPAN + "-01-what-comes-later",
            })
    void a_valid_parent_is_continued(String traceparent) {
        assertThat(TraceContext.parse(traceparent, null)).contains(new TraceContext(TRACE, SPAN, true, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                PARENT + "-more",
                PARENT + "-",
                PARENT + "\n",
                " " + PARENT,
                "cc-" + TRACE + "-" + SPAN + "-01later",
                "00-" + TRACE + "-" + SPAN + "-0g",
                "00-" + TRACE + "-" + SPAN,
            })
    void an_invalid_one_is_none(String traceparent) {
        assertThat(TraceContext.parse(traceparent, "a=b")).isEmpty();
    }

    @Test
    void a_parent_is_written_as_it_came() {
        assertThat(TraceContext.parse(PARENT, null).orElseThrow().traceparent()).isEqualTo(PARENT);
    }

    @Test
    void of_the_flags_only_sampled_is_known_and_sent_on() {
        TraceContext some =
                TraceContext.parse("00-" + TRACE + "-" + SPAN + "-fe", null).orElseThrow();
        assertThat(some.sampled()).isFalse();
        assertThat(some.traceparent()).endsWith("-00");
        TraceContext all =
                TraceContext.parse("00-" + TRACE + "-" + SPAN + "-ff", null).orElseThrow();
        assertThat(all.traceparent()).endsWith("-01");
    }

    @Test
    void the_state_of_vendors_is_kept_verbatim_within_its_bound() {
        String state = "rojo=00f067aa0ba902b7 , congo=t61rcWkgMzE";
        assertThat(TraceContext.parse(PARENT, state).orElseThrow().state()).isEqualTo(state);
        String longest = "a=" + "x".repeat(TraceContext.MAX_STATE_CHARS - 2);
        assertThat(TraceContext.parse(PARENT, longest).orElseThrow().state()).isEqualTo(longest);
        assertThat(TraceContext.parse(PARENT, longest + "x").orElseThrow().state())
                .isEmpty();
        assertThat(TraceContext.parse(PARENT, "a=\u00e4").orElseThrow().state()).isEmpty();
    }

    @Test
    void every_new_trace_is_another_and_recorded_by_nobody() {
        TraceContext one = TraceContext.begin();
        assertThat(one.traceId())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(TraceContext.begin().traceId());
        assertThat(TraceContext.parse(one.traceparent(), null)).contains(one);
        assertThat(one.sampled()).isFalse();
    }

    @Test
    void an_endless_parent_is_not_read() {
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-01-" + "0".repeat(1000), null))
                .isEmpty();
        assertThat(TraceContext.parse(null, "a=b")).isEmpty();
    }

    @Test
    void what_is_no_context_cannot_be_made() {
        assertThatThrownBy(() -> new TraceContext("0".repeat(32), SPAN, true, ""))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("traceId");
        assertThatThrownBy(() -> new TraceContext(TRACE, "short", true, ""))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("spanId");
    }
}
