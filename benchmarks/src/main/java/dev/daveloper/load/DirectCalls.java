package dev.daveloper.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same calls of the agent over gRPC without a gateway, or through a proxy that knows gRPC. */
final class DirectCalls implements Task {
    private static final String QUESTION = "1 0 0";
    private static final Runnable NOTHING = () -> {};

    private final DirectAgent agent;
    private final boolean first;
    private final Pace pace;
    private final int atOnce;
    private final Moments taken;
    private final Path file;

    /**
     * @param first until when a call lasts: until the first word, or until the end
     * @param atOnce callers, where each calls after the one before
     */
    DirectCalls(int port, boolean first, Pace pace, int atOnce, Path file) throws InterruptedException {
        this.agent = new DirectAgent(port);
        this.first = first;
        this.pace = pace;
        this.atOnce = atOnce;
        this.taken = new Moments(pace.most());
        this.file = file;
    }

    /** At moments that are fixed beforehand one thread suffices, as none waits for an answer. */
    @Override
    public int go() throws Exception {
        Together together = new Together();
        pace.begin();
        for (int i = 0; i < (pace.isFixed() ? 1 : atOnce); i++) {
            together.start(false, pace.isFixed() ? this::callAtMoments : this::callInTurn);
        }
        together.join();
        taken.write(file);
        return taken.count();
    }

    private void callAtMoments() throws InterruptedException {
        List<DirectAgent.Answer> answers = new ArrayList<>();
        for (long moment = pace.next(); moment != Long.MIN_VALUE; moment = pace.next()) {
            answers.add(ask(moment));
        }
        for (DirectAgent.Answer answer : answers) {
            answer.await();
        }
    }

    private void callInTurn() throws InterruptedException {
        for (long moment = pace.next(); moment != Long.MIN_VALUE; moment = pace.next()) {
            ask(moment).await();
        }
    }

    private DirectAgent.Answer ask(long moment) {
        Runnable over = () -> taken.add(System.nanoTime() - moment);
        return agent.ask(QUESTION, new Moments(1), first ? over : NOTHING, first ? NOTHING : over);
    }

    @Override
    public void close() throws InterruptedException {
        agent.close();
    }
}
