package dev.daveloper.http.jetty;

import dev.daveloper.application.events.out.ErrorReporter;
import dev.daveloper.application.tracing.out.Tracer;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.RequestListener;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.failures.Failures;
import dev.daveloper.http.failures.Problems;
import dev.daveloper.http.requests.JsonCodec;
import dev.daveloper.http.security.ClientAddresses;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.MDC;

/** The server below the routes, with routes that tell what reaches them. */
final class Edge implements AutoCloseable {
    /** What {@code /much} answers with, more than any buffer on the way holds. */
    static final int MUCH = 64 * 1024 * 1024;

    private final Javalin javalin;

    private Edge(HttpConfig config) {
        JsonCodec json = new JsonCodec(1024 * 1024);
        Problems problems = new Problems(InstantSource.system(), ErrorReporter.NONE);
        Failures failures = new Failures(json, problems);
        this.javalin = Javalin.create(server -> {
            server.startup.showJavalinBanner = false;
            server.startup.startupWatcherEnabled = false;
            new JettySetup(config, RequestListener.NONE, Tracer.PASSING)
                    .apply(server.jetty, new JettyErrors(json, problems));
            server.routes.get("/who", Edge::tellWho);
            server.routes.get("/marks", Edge::tellMarks);
            server.routes.post("/body", Edge::tellLength);
            server.routes.get("/much", ctx -> ctx.result(new byte[MUCH]));
            server.routes.exception(Exception.class, failures::answer);
        });
        javalin.start();
    }

    static Edge of(UnaryOperator<HttpConfig> config) {
        return new Edge(config.apply(HttpConfig.on("127.0.0.1", 0).withTimes(TestGateway.QUICK)));
    }

    int port() {
        return javalin.port();
    }

    int openConnections() {
        return ((ServerConnector) javalin.jettyServer().server().getConnectors()[0])
                .getConnectedEndPoints()
                .size();
    }

    private static void tellWho(Context ctx) {
        ctx.result(
                ClientAddresses.of(ctx.req()).getHostAddress() + " " + ctx.req().getScheme() + " "
                        + ctx.req().isSecure() + " " + ctx.req().getHeader("Host"));
    }

    private static void tellMarks(Context ctx) {
        ctx.result(MDC.get("requestId") + " " + MDC.get("traceId") + " " + Failures.traceOf(ctx.req()));
    }

    private static void tellLength(Context ctx) throws IOException {
        ctx.result(Integer.toString(ctx.req().getInputStream().readAllBytes().length));
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
