package dev.daveloper.bootstrap.e2e;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import java.time.Duration;
import java.util.Random;

/** An agent whose answer, and the pace of it, follow from the question alone. */
final class SteadyCounter {
    private static final int MIN_WORDS = 20;
    private static final int MORE_WORDS = 60;
    private static final int MAX_PAUSE_MILLIS = 40;

    private SteadyCounter() {}

    static ScriptedAgent agent() {
        return ScriptedAgent.following(request -> script(request.message()));
    }

    /** The whole answer. */
    static String whole(String message) {
        StringBuilder whole = new StringBuilder();
        for (int word = 0; word < words(message); word++) {
            whole.append(word(message, word));
        }
        return whole.toString();
    }

    private static Script script(String message) {
        Random random = new Random(message.hashCode());
        Script script = Script.say();
        for (int word = 0; word < words(message); word++) {
            script = script.thenPause(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS)))
                    .thenSay(word(message, word));
        }
        return script;
    }

    private static int words(String message) {
        return MIN_WORDS + Math.floorMod(message.hashCode(), MORE_WORDS);
    }

    private static String word(String message, int number) {
        return Integer.toString(Math.floorMod(message.hashCode() * 31 + number, 100_000), 36) + "-" + number + " ";
    }
}
