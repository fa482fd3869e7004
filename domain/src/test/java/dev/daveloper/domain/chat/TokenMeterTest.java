package dev.daveloper.domain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenMeterTest {
    @Test
    void what_the_agent_has_not_reported_is_estimated() {
        TokenMeter meter = new TokenMeter(10);
        assertThat(meter.used()).isEqualTo(3);
        assertThat(meter.add(new AgentEvent.TextDelta("1234"))).isTrue();
        assertThat(meter.add(new AgentEvent.ReasoningDelta("56"))).isTrue();
        assertThat(meter.used()).isEqualTo(4);
        assertThat(meter.add(new AgentEvent.UsageReported(new Usage(100, 20)))).isTrue();
        assertThat(meter.used()).isEqualTo(120);
        meter.add(new AgentEvent.TextDelta("1"));
        assertThat(meter.used()).isEqualTo(121);
        assertThat(meter.add(new AgentEvent.ToolStarted("c", "t", Json.EMPTY_OBJECT)))
                .isFalse();
        assertThat(meter.add(new AgentEvent.ToolFinished("c", new ToolResult(true, "x"))))
                .isFalse();
        assertThat(TokenMeter.estimate(0)).isZero();
    }
}
