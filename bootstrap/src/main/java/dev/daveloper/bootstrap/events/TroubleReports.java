package dev.daveloper.bootstrap.events;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.application.events.out.EventListener;
import dev.daveloper.domain.events.GatewayEvent;
import dev.daveloper.domain.events.UnexpectedFailure;
import java.util.Map;

/** Hands what went wrong in the core to the reporter, and everything on to the next listener. */
public final class TroubleReports implements EventListener {
    private final EventListener next;
    private final ErrorReporter reporter;

    public TroubleReports(EventListener next, ErrorReporter reporter) {
        this.next = next;
        this.reporter = reporter;
    }

    @Override
    public void on(GatewayEvent event) {
        next.on(event);
        if (event instanceof GatewayEvent.Trouble trouble) {
            reporter.report(new UnexpectedFailure(trouble.where(), trouble.cause(), Map.of(), trouble.at()));
        }
    }
}
