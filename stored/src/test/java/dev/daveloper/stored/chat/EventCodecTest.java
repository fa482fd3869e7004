package dev.daveloper.stored.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.application.testkit.ManualClock;
import dev.daveloper.domain.chat.AgentEvent.ReasoningDelta;
import dev.daveloper.domain.chat.AgentEvent.TextDelta;
import dev.daveloper.domain.chat.AgentEvent.UsageReported;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.Run;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.domain.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final int ROUNDS = 500;

    private final Conversations conversations = new Conversations(new ManualClock());
    private final Run run =
            conversations.question("Why?").in(conversations.someSession()).run();

    @Test
    void every_kind_of_event_comes_back_exactly() {
        List<LoggedEvent> batch = Conversations.at(new Lease(run, 7), 41, conversations.everyKindOfEvent(run));

        assertThat(EventCodec.decode(EventCodec.encode(batch), 7, 41)).isEqualTo(batch);
    }

    @Test
    void deltas_are_stored_as_bare_strings() {
        List<LoggedEvent> batch = List.of(
                new LoggedEvent(new Cursor(1, 5), new TextDelta("Hel")),
                new LoggedEvent(new Cursor(1, 6), new TextDelta("lo \"you\"")),
                new LoggedEvent(new Cursor(1, 7), new UsageReported(new Usage(1, 2))));

        assertThat(new String(EventCodec.encode(batch), StandardCharsets.UTF_8))
                .isEqualTo("[\"Hel\",\"lo \\\"you\\\"\","
                        + "{\"type\":\"usage.reported\",\"usage\":{\"inputTokens\":1,\"outputTokens\":2}}]");
    }

    @Test
    void merged_deltas_keep_their_cursors() {
        List<LoggedEvent> batch = List.of(
                new LoggedEvent(new Cursor(1, 5), new TextDelta("a")),
                new LoggedEvent(new Cursor(1, 9), new TextDelta("bcde")),
                new LoggedEvent(new Cursor(1, 10), new TextDelta("f")),
                new LoggedEvent(new Cursor(1, 20), new ReasoningDelta("hm")));

        assertThat(EventCodec.decode(EventCodec.encode(batch), 1, 5)).isEqualTo(batch);
    }

    @Test
    void what_a_later_version_wrote_is_passed_over() {
        String stored = "[\"a\",{\"type\":\"mood.changed\",\"mood\":[1]},"
                + "{\"type\":\"reasoning.delta\",\"text\":\"b\",\"tone\":{\"x\":1}},true,\"c\"]";

        assertThat(EventCodec.decode(stored.getBytes(StandardCharsets.UTF_8), 1, 1))
                .containsExactly(
                        new LoggedEvent(new Cursor(1, 1), new TextDelta("a")),
                        new LoggedEvent(new Cursor(1, 3), new ReasoningDelta("b")),
                        new LoggedEvent(new Cursor(1, 5), new TextDelta("c")));
    }

    @Test
    void any_text_comes_back_exactly_also_half_a_character() {
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            List<RunEvent> events = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                String text = anyText(random);
                events.add(random.nextBoolean() ? new TextDelta(text) : new ReasoningDelta(text));
            }
            List<LoggedEvent> batch = Conversations.at(new Lease(run, 1), 1, events);

            assertThat(EventCodec.decode(EventCodec.encode(batch), 1, 1)).isEqualTo(batch);
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int range = random.nextInt(4);
            text.append((char)
                    switch (range) {
                        case 0 -> random.nextInt(0x80);
                        case 1 -> random.nextInt(0x800);
                        case 2 -> 0xD800 + random.nextInt(0x800);
                        default -> random.nextInt(0x10000);
                    });
        }
        return text.toString();
    }
}
