package dev.daveloper.domain.chat;

import dev.daveloper.domain.sessions.SessionId;

/**
 * A run by its name and by the session that it is asked for. A run is looked for in its session only, so that naming
 * another session's run finds nothing.
 */
public record RunRef(SessionId session, RunId id) {}
