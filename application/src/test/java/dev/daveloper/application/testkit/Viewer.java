package dev.daveloper.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.FollowStep;
import dev.daveloper.domain.chat.LoggedEvent;
import dev.daveloper.domain.chat.RunEvent;
import java.util.Optional;

/** What one viewer has received, over all its connections. Refuses what a viewer must never see. For one thread. */
public final class Viewer {
    private final Cursor joinedAt;
    private final StringBuilder text = new StringBuilder();
    private Cursor cursor;
    private int deltas;
    private int notices;
    private int endings;
    private boolean over;
    private Optional<AssistantMessage> ending = Optional.empty();

    public Viewer(Cursor joinedAt) {
        this.joinedAt = joinedAt;
        this.cursor = joinedAt;
    }

    public void take(FollowStep step) {
        switch (step) {
            case LoggedEvent event -> {
                assertThat(endings).as("nothing comes after the ending").isZero();
                assertThat(event.cursor().isAfter(cursor) || joinedAt.equals(cursor))
                        .as("%s comes after %s", event.cursor(), cursor)
                        .isTrue();
                cursor = event.cursor();
                take(event.event());
            }
            case FollowStep.Notice notice -> {
                assertThat(over).as("nothing comes after the ending").isFalse();
                notices++;
            }
            case FollowStep.Quiet quiet -> {}
            case FollowStep.Ended ended -> over = true;
        }
    }

    private void take(RunEvent event) {
        if (event instanceof AgentEvent.TextDelta delta) {
            text.append(delta.text());
            deltas++;
        }
        if (event instanceof RunEvent.Finished finished) {
            ending = Optional.of(finished.message());
            endings++;
            over = true;
        }
    }

    public Cursor joinedAt() {
        return joinedAt;
    }

    /** Where this viewer would resume. */
    public Cursor cursor() {
        return cursor;
    }

    public String text() {
        return text.toString();
    }

    public int deltas() {
        return deltas;
    }

    /** How often something was told beside the log. */
    public int notices() {
        return notices;
    }

    public int endings() {
        return endings;
    }

    /** Whether there is nothing more to come. */
    public boolean hasEnding() {
        return over;
    }

    public Optional<AssistantMessage> ending() {
        return ending;
    }
}
