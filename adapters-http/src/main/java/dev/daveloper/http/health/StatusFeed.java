package dev.daveloper.http.health;

import dev.daveloper.http.SseSource;
import java.time.Duration;

/** What was, and then every snapshot, for one viewer; who is slow misses some. For one thread. */
final class StatusFeed implements SseSource, AutoCloseable {
    private final StatusBoard board;
    private final boolean administrator;
    private boolean begun;
    private long seen;

    StatusFeed(StatusBoard board, boolean administrator) {
        this.board = board;
        this.administrator = administrator;
        board.join();
    }

    @Override
    public Pulled next(Duration patience) throws InterruptedException {
        if (!begun) {
            begun = true;
            return new Event(board.historyEvent(administrator), false);
        }
        StatusBoard.Snapshot snapshot = board.after(seen, patience);
        if (snapshot == null) {
            return board.isClosed() ? Ended.ENDED : Quiet.QUIET;
        }
        seen = snapshot.number();
        return new Event(administrator ? snapshot.forAdministrators() : snapshot.forEverybody(), false);
    }

    @Override
    public void close() {
        board.leave();
    }
}
