package dev.daveloper.load;

import io.javalin.Javalin;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** What the framework takes for itself: a constant, on threads as the gateway has them, and nothing else. */
public final class BareJavalin {
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 4;
    private static final byte[] CONSTANT =
            ("{\"constant\":\"" + "as long as an answer ".repeat(20) + "\"}").getBytes(StandardCharsets.UTF_8);

    private BareJavalin() {}

    /** Serves on a port that it prints, until the process ends. */
    public static void main(String[] args) {
        VirtualThreadPool virtual = new VirtualThreadPool();
        virtual.setTracking(false);
        QueuedThreadPool pool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        pool.setVirtualThreadsExecutor(virtual);
        Javalin javalin = Javalin.create(server -> {
            server.startup.showJavalinBanner = false;
            server.jetty.threadPool = pool;
            server.jetty.host = "127.0.0.1";
            server.jetty.port = 0;
            server.routes.get(
                    "/constant", ctx -> ctx.contentType("application/json").result(CONSTANT));
            server.routes.post("/constant", ctx -> {
                ctx.bodyAsBytes();
                ctx.contentType("application/json").result(CONSTANT);
            });
        });
        System.out.println("constant on " + javalin.start().port());
    }
}
