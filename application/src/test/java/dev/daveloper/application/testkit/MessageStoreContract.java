package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunStore.Finished;
import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.domain.Page;
import dev.daveloper.domain.PageRequest;
import dev.daveloper.domain.chat.Lease;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.failures.InvalidRequest;
import dev.daveloper.domain.sessions.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link MessageStore} does. */
public abstract class MessageStoreContract extends ChatStoresContract {
    private static final int RACERS = 16;
    private static final int TURNS_AT_RANDOM = 60;

    private MessageStore messages;

    @BeforeEach
    void findMessages() {
        messages = stores.messages();
    }

    @Test
    void a_session_that_said_nothing_has_an_empty_history() {
        assertThat(messages.page(session, firstPage(10))).isEqualTo(new Page<>(List.of(), Optional.empty()));
        assertThat(messages.recent(session, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 200})
    void pages_lead_through_the_whole_history_once_oldest_first(int limit) {
        List<Message> said = talk(session, 3);

        List<Message> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Message> page = messages.page(session, new PageRequest(limit, cursor));
            assertThat(page.items()).hasSizeBetween(1, limit);
            seen.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor.isPresent());

        assertThat(seen).isEqualTo(said);
    }

    @Test
    void a_page_that_holds_the_rest_is_the_last() {
        talk(session, 1);

        assertThat(messages.page(session, firstPage(1)).nextCursor()).isPresent();
        assertThat(messages.page(session, firstPage(2)).nextCursor()).isEmpty();
    }

    @Test
    void what_is_said_between_two_pages_is_on_a_later_one() {
        List<Message> before = talk(session, 2);
        Page<Message> first = messages.page(session, firstPage(3));
        List<Message> after = talk(session, 1);

        Page<Message> second = messages.page(session, new PageRequest(10, first.nextCursor()));
        assertThat(first.items()).isEqualTo(before.subList(0, 3));
        assertThat(second.items()).containsExactly(before.get(3), after.get(0), after.get(1));
    }

    @Test
    void order_is_that_of_acceptance_whatever_the_clock_said() {
        List<Message> said = new ArrayList<>(talk(session, 1));
        clock.advance(Duration.ofHours(-1));
        said.addAll(talk(session, 1));

        assertThat(messages.page(session, firstPage(10)).items()).isEqualTo(said);
        assertThat(messages.recent(session, 10)).isEqualTo(said);
    }

    @Test
    void recent_gives_the_last_messages_oldest_first() {
        List<Message> said = talk(session, 3);

        assertThat(messages.recent(session, 3)).isEqualTo(said.subList(3, 6));
        assertThat(messages.recent(session, 6)).isEqualTo(said);
        assertThat(messages.recent(session, 100)).isEqualTo(said);
        assertThat(messages.recent(session, 0)).isEmpty();
    }

    @Test
    void a_session_sees_its_own_messages_only() {
        List<Message> mine = talk(session, 2);
        SessionId other = conversations.someSession();
        List<Message> theirs = talk(other, 2);

        assertThat(messages.page(session, firstPage(10)).items()).isEqualTo(mine);
        assertThat(messages.page(other, firstPage(10)).items()).isEqualTo(theirs);
        assertThat(messages.recent(other, 10)).isEqualTo(theirs);
    }

    @Test
    void a_cursor_of_another_session_is_refused() {
        SessionId other = conversations.someSession();
        talk(session, 2);
        talk(other, 2);
        Optional<String> theirs = messages.page(other, firstPage(1)).nextCursor();

        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> messages.page(session, new PageRequest(10, theirs)))
                .satisfies(refusal -> assertThat(refusal.violations())
                        .extracting(InvalidRequest.Violation::pointer)
                        .containsExactly("#/cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-1", "0", "msg_", "null", "' OR 1=1 --", "\0", "99999999999999999999", "漢"})
    void a_cursor_that_nobody_gave_out_is_refused(String cursor) {
        talk(session, 2);

        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> messages.page(session, new PageRequest(10, Optional.of(cursor))));
    }

    @Test
    void clearing_forgets_the_session_and_no_other() {
        SessionId other = conversations.someSession();
        talk(session, 2);
        List<Message> theirs = talk(other, 2);

        messages.clear(session);

        assertThat(messages.page(session, firstPage(10)).items()).isEmpty();
        assertThat(messages.recent(session, 10)).isEmpty();
        assertThat(messages.page(other, firstPage(10)).items()).isEqualTo(theirs);
    }

    @Test
    void a_cleared_session_can_be_cleared_again_and_talks_on() {
        talk(session, 1);
        messages.clear(session);
        messages.clear(session);

        List<Message> said = talk(session, 1);
        assertThat(messages.page(session, firstPage(10)).items()).isEqualTo(said);
    }

    @Test
    void a_cursor_from_before_a_clear_is_refused() {
        talk(session, 2);
        Optional<String> cursor = messages.page(session, firstPage(1)).nextCursor();
        messages.clear(session);
        talk(session, 2);

        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> messages.page(session, new PageRequest(10, cursor)));
    }

    @Test
    void a_clear_among_conversations_leaves_whole_turns_or_nothing() throws Exception {
        Racing.race(RACERS, i -> {
            SessionId mine = conversations.someSession();
            talk(mine, 2);
            messages.clear(mine);
            List<Message> said = talk(mine, 1);
            assertThat(messages.recent(mine, 10)).isEqualTo(said);
            return i;
        });
    }

    @Test
    void of_a_long_conversation_the_last_messages_are_recent_while_it_goes_on() {
        for (int turn = 0; turn < TURNS_AT_RANDOM; turn++) {
            Lease run = begin(session);
            assertThat(messages.recent(session, 41)).as("turn %d", turn).isEqualTo(lastOfAll(41));
            finish(run);
        }
        begin(session);
        assertThat(messages.recent(session, 100)).isEqualTo(lastOfAll(100));
    }

    @Test
    void whatever_happens_what_is_recent_is_the_end_of_the_whole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int turn = 0; turn < TURNS_AT_RANDOM; turn++) {
            Lease run = begin(session);
            int asked = 1 + random.nextInt(12);
            for (int times = random.nextInt(3); times >= 0; times--) {
                assertThat(messages.recent(session, asked))
                        .as("seed %d, turn %d", seed, turn)
                        .isEqualTo(lastOfAll(asked));
            }
            switch (random.nextInt(12)) {
                case 0 -> messages.clear(session);
                case 1 -> stores.runs().withdraw(run.run());
                case 2 -> finish(takeOver());
                default -> finish(run);
            }
        }
    }

    private List<Message> lastOfAll(int max) {
        List<Message> all = messages.page(session, firstPage(200)).items();
        return all.subList(Math.max(0, all.size() - max), all.size());
    }

    private static PageRequest firstPage(int limit) {
        return new PageRequest(limit, Optional.empty());
    }

    /** As many turns, each a question and its answer; the messages in the order in which they were said. */
    private List<Message> talk(SessionId in, int turns) {
        List<Message> said = new ArrayList<>();
        for (int turn = 1; turn <= turns; turn++) {
            NewRun question = conversations.question("question " + turn).in(in);
            stores.runs().begin(question);
            var answer = conversations.answer(question.run(), "answer " + turn);
            assertThat(stores.runs().finish(new Lease(question.run(), 1), answer))
                    .isEqualTo(Finished.DONE);
            said.add(question.message());
            said.add(answer);
        }
        return said;
    }
}
