package dev.daveloper.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same answers, each read from the agent itself. */
final class DirectViewers implements Task {
    private final DirectAgent agent;
    private final int count;
    private final String message;
    private final Moments ages;
    private final Path file;

    DirectViewers(int port, int count, String message, Path file) throws InterruptedException {
        this.agent = new DirectAgent(port);
        this.count = count;
        this.message = message;
        this.ages = new Moments(count * Viewers.wordsOf(message));
        this.file = file;
    }

    @Override
    public int go() throws Exception {
        List<DirectAgent.Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(agent.ask(message, ages, () -> {}, () -> {}));
        }
        int seen = 0;
        for (DirectAgent.Answer answer : answers) {
            seen += answer.await();
        }
        ages.write(file);
        return Viewers.checked(seen, count * Viewers.wordsOf(message));
    }

    @Override
    public void close() throws InterruptedException {
        agent.close();
    }
}
