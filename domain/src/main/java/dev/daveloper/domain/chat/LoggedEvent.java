package dev.daveloper.domain.chat;

/** An event at its place in a run's log. Where adjacent deltas were merged into one, the cursor is the last one's. */
public record LoggedEvent(Cursor cursor, RunEvent event) implements FollowStep {}
