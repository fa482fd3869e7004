package dev.daveloper.application.chat.out;

import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.RunId;
import dev.daveloper.domain.chat.RunRef;

/** Two who hear the same, one after the other. */
record BothListeners(RunListener first, RunListener second) implements RunListener {
    @Override
    public void asked(RunId run, long nanos) {
        first.asked(run, nanos);
        second.asked(run, nanos);
    }

    @Override
    public void firstDelta(RunId run, long nanos) {
        first.firstDelta(run, nanos);
        second.firstDelta(run, nanos);
    }

    @Override
    public void toolEnded(RunId run, boolean failed) {
        first.toolEnded(run, failed);
        second.toolEnded(run, failed);
    }

    @Override
    public void sent(RunId run, long nanos) {
        first.sent(run, nanos);
        second.sent(run, nanos);
    }

    @Override
    public void appended(RunId run, int events, long nanos) {
        first.appended(run, events, nanos);
        second.appended(run, events, nanos);
    }

    @Override
    public void finished(RunId run, AssistantMessage answer, long finishNanos, long nanos) {
        first.finished(run, answer, finishNanos, nanos);
        second.finished(run, answer, finishNanos, nanos);
    }

    @Override
    public void resumed(RunRef run) {
        first.resumed(run);
        second.resumed(run);
    }
}
