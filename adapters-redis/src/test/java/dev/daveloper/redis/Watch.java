package dev.daveloper.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.application.chat.in.RunFollower;
import dev.daveloper.application.testkit.CoreFixture;
import dev.daveloper.application.testkit.Viewer;
import dev.daveloper.domain.chat.AssistantMessage;
import dev.daveloper.domain.chat.Cursor;
import dev.daveloper.domain.chat.Run;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A viewer who pulls on a thread of its own, as one at a gateway does, until there is an ending or it leaves. */
final class Watch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Viewer viewer;
    private final CompletableFuture<Viewer> ended = new CompletableFuture<>();
    private volatile String text = "";
    private volatile int notices;
    private volatile boolean left;

    private Watch(Viewer viewer) {
        this.viewer = viewer;
    }

    static Watch of(Chat chat, Run run, Cursor from) {
        Watch watch = new Watch(new Viewer(from));
        Thread.ofVirtual().name("watch " + run.id()).start(() -> watch.pull(chat, run, from));
        return watch;
    }

    private void pull(Chat chat, Run run, Cursor from) {
        try (RunFollower follower = chat.follow(run.sessionId(), run.id(), from)) {
            while (!viewer.hasEnding() && !left) {
                viewer.take(follower.next(PATIENCE));
                text = viewer.text();
                notices = viewer.notices();
            }
            ended.complete(viewer);
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            ended.completeExceptionally(e);
        }
    }

    String text() {
        return text;
    }

    int notices() {
        return notices;
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /** Waits until all of this text and no more was seen. */
    Watch awaitText(String expected) {
        await().atMost(CoreFixture.SOON).until(() -> ended.isCompletedExceptionally() || text.equals(expected));
        assertThat(text).isEqualTo(expected);
        return this;
    }

    /** Waits for the ending, of which there must be one. */
    AssistantMessage ending() throws Exception {
        Viewer whole = ended.get(CoreFixture.SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(whole.endings()).as("endings of one viewer").isEqualTo(1);
        return whole.ending().orElseThrow();
    }

    /** Stops watching, within half a second. */
    @Override
    public void close() {
        left = true;
    }
}
