package dev.daveloper.application.chat.in;

/** What a new message does when the session's previous answer is still being made. */
public enum OnBusy {
    /** It is refused. */
    REJECT,
    /** It cancels the previous run and takes its place. */
    INTERRUPT
}
