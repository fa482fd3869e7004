package dev.daveloper.http.chat;

import dev.daveloper.http.HttpTimes;
import dev.daveloper.http.TestGateway;
import java.time.Duration;

/** Times with one of them changed. */
public final class Fixtures {
    private static final HttpTimes Q = TestGateway.QUICK;

    private Fixtures() {}

    static HttpTimes answerWait(Duration wait) {
        return new HttpTimes(
                Q.sseHeartbeat(),
                Q.socketHeartbeat(),
                Q.pongWithin(),
                Q.helloWithin(),
                Q.sendStuck(),
                Q.closeGrace(),
                Q.idle(),
                wait,
                Q.stop());
    }

    static HttpTimes sendStuck(Duration stuck) {
        return new HttpTimes(
                Q.sseHeartbeat(),
                Q.socketHeartbeat(),
                Q.pongWithin(),
                Q.helloWithin(),
                stuck,
                Q.closeGrace(),
                Q.idle(),
                Q.answerWait(),
                Q.stop());
    }

    public static HttpTimes helloWithin(Duration hello) {
        return new HttpTimes(
                Q.sseHeartbeat(),
                Q.socketHeartbeat(),
                Q.pongWithin(),
                hello,
                Q.sendStuck(),
                Q.closeGrace(),
                Q.idle(),
                Q.answerWait(),
                Q.stop());
    }

    static HttpTimes socketHeartbeat(Duration heartbeat, Duration pongWithin) {
        return new HttpTimes(
                Q.sseHeartbeat(),
                heartbeat,
                pongWithin,
                Q.helloWithin(),
                Q.sendStuck(),
                Q.closeGrace(),
                Q.idle(),
                Q.answerWait(),
                Q.stop());
    }

    static HttpTimes idle(Duration idle) {
        return new HttpTimes(
                Q.sseHeartbeat(),
                Q.socketHeartbeat(),
                Q.pongWithin(),
                Q.helloWithin(),
                Q.sendStuck(),
                Q.closeGrace(),
                idle,
                Q.answerWait(),
                Q.stop());
    }
}
