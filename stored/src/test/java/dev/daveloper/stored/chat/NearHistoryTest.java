package dev.daveloper.stored.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.chat.out.RunStore.NewRun;
import dev.daveloper.application.testkit.Conversations;
import dev.daveloper.domain.chat.Message;
import dev.daveloper.domain.sessions.SessionId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearHistoryTest {
    private final Conversations conversations = new Conversations(InstantSource.system());
    private final SessionId session = conversations.someSession();
    private final NearHistory near = new NearHistory();
    private final NewRun first = conversations.question("q1").in(session);
    private final Message answer = conversations.answer(first.run(), "a1");
    private final NewRun second = conversations.question("q2").in(session);

    private void firstTurn() {
        near.begun(session, first.message(), Optional.empty(), 1);
        near.finished(session, answer, Optional.of(first.message().id()));
    }

    @Test
    void what_was_said_is_handed_out_once_when_the_store_has_said_that_it_is_the_last() {
        firstTurn();
        assertThat(near.take(session, 9)).as("nothing says so").isEmpty();
        near.begun(session, second.message(), Optional.of(answer.id()), 3);
        assertThat(near.take(session, 9)).contains(List.of(first.message(), answer, second.message()));
        assertThat(near.take(session, 9)).isEmpty();
    }

    @Test
    void what_does_not_end_as_the_store_says_is_forgotten() {
        firstTurn();
        near.begun(session, second.message(), Optional.of(second.message().id()), 3);
        assertThat(near.take(session, 9)).isEmpty();
        assertThat(near.size()).isZero();
    }

    @Test
    void an_answer_behind_something_else_is_no_part_of_it() {
        near.begun(session, first.message(), Optional.empty(), 1);
        near.finished(session, answer, Optional.of(second.message().id()));
        assertThat(near.size()).isZero();
    }

    @Test
    void of_a_conversation_that_begins_anew_nothing_is_left() {
        firstTurn();
        near.begun(session, second.message(), Optional.empty(), 1);
        assertThat(near.take(session, 9)).contains(List.of(second.message()));
    }

    @Test
    void no_more_is_handed_out_than_was_asked_for_and_is_there() {
        firstTurn();
        near.begun(session, second.message(), Optional.of(answer.id()), 2);
        assertThat(near.take(session, 9)).contains(List.of(answer, second.message()));
        NewRun third = conversations.question("q3").in(session);
        near.begun(session, third.message(), Optional.of(second.message().id()), 3);
        assertThat(near.take(session, 2)).contains(List.of(second.message(), third.message()));
    }

    @Test
    void what_is_not_here_as_far_as_it_was_asked_for_is_not_handed_out() {
        firstTurn();
        near.begun(session, second.message(), Optional.of(answer.id()), 4);
        assertThat(near.take(session, 9)).isEmpty();
    }

    @Test
    void of_as_much_as_is_asked_for_it_need_not_be_known_how_many_there_are() {
        firstTurn();
        assertThat(near.suffices(session)).as("nobody has asked yet").isFalse();
        near.begun(session, second.message(), Optional.of(answer.id()), 3);
        assertThat(near.take(session, 4)).isPresent();
        assertThat(near.suffices(session)).isTrue();
        NewRun third = conversations.question("q3").in(session);
        near.begun(session, third.message(), Optional.of(second.message().id()), Long.MAX_VALUE);
        assertThat(near.take(session, 4).orElseThrow()).hasSize(4).endsWith(third.message());
        assertThat(near.take(session, 9)).as("more than ever").isEmpty();
        assertThat(near.suffices(session)).isFalse();
        assertThat(near.suffices(conversations.someSession())).isFalse();
    }

    @Test
    void what_was_read_is_as_good() {
        near.read(session, List.of(first.message(), answer));
        near.begun(session, second.message(), Optional.of(answer.id()), 3);
        assertThat(near.take(session, 9)).isPresent();
        near.drop(session);
        assertThat(near.size()).isZero();
    }

    @Test
    void no_more_characters_are_held_than_may_be() {
        NearHistory small = new NearHistory(10_000);
        for (int i = 0; i < 200; i++) {
            small.read(conversations.someSession(), List.of(conversations.richAnswer(first.run())));
        }
        assertThat(small.size()).isLessThan(20);
        SessionId large = conversations.someSession();
        small.read(
                large,
                List.of(conversations.question("x".repeat(20_000)).in(large).message()));
        small.begun(large, second.message(), Optional.of(first.message().id()), 2);
        assertThat(small.take(large, 9)).isEmpty();
    }
}
