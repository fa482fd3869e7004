package dev.daveloper.bootstrap;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Hears when the operating system wants the program to stop. The first signal is a request that the program answers by
 * closing everything; a second one ends it at once.
 */
final class Signals {
    /** What a shell shows for a program that was interrupted. */
    private static final int EXIT_AT_ONCE = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final Runnable atOnce;

    /** @param atOnce ends the program without closing anything */
    Signals(Runnable atOnce) {
        this.atOnce = atOnce;
    }

    /** Listens to SIGTERM and SIGINT from now on, as far as the virtual machine lets us. */
    static Signals ofSystem() {
        Signals signals = new Signals(() -> Runtime.getRuntime().halt(EXIT_AT_ONCE));
        signals.handle("TERM");
        signals.handle("INT");
        return signals;
    }

    /** Waits for the first signal. */
    void await() throws InterruptedException {
        asked.await();
    }

    void stop() {
        if (asked.getCount() == 0) {
            atOnce.run();
        }
        asked.countDown();
    }

    /**
     * A shutdown hook can neither choose the exit code nor hear a second signal. The one class that can is used by
     * reflection, because the compiler warns of it in a way that nothing switches off. Without it, a signal ends the
     * program as it ends any other.
     */
    private void handle(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler stop = (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                    stop();
                }
                return null;
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, stop);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            System.getLogger("daveloper").log(System.Logger.Level.DEBUG, "no handler for SIG{0}: {1}", name, e);
        }
    }
}
