package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;

/** The ports that keep conversations, over the same data. */
public record ChatStores(RunStore runs, RunLog log, MessageStore messages) {}
