package dev.daveloper.application.testkit;

import dev.daveloper.application.chat.out.MessageStore;
import dev.daveloper.application.chat.out.RunLog;
import dev.daveloper.application.chat.out.RunStore;
import dev.daveloper.domain.failures.StoreUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stores of which some calls fail, half of them before they did anything and half after all was done: a caller that is
 * told of a failure never knows which it was.
 */
public final class FlakyStores {
    private final int failuresPerThousand;
    private final AtomicInteger failures = new AtomicInteger();

    public FlakyStores(int failuresPerThousand) {
        this.failuresPerThousand = failuresPerThousand;
    }

    public RunStore over(RunStore store) {
        return flaky(RunStore.class, store);
    }

    public RunLog over(RunLog log) {
        return flaky(RunLog.class, log);
    }

    public MessageStore over(MessageStore messages) {
        return flaky(MessageStore.class, messages);
    }

    /** How many calls have failed so far. */
    public int failures() {
        return failures.get();
    }

    private <T> T flaky(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    boolean fails = ThreadLocalRandom.current().nextInt(1_000) < failuresPerThousand;
                    boolean before = ThreadLocalRandom.current().nextBoolean();
                    if (fails) {
                        failures.incrementAndGet();
                    }
                    if (fails && before) {
                        throw new StoreUnavailable(new IllegalStateException("before " + method.getName()));
                    }
                    Object result = call(() -> method.invoke(real, arguments));
                    if (fails) {
                        throw new StoreUnavailable(new IllegalStateException("after " + method.getName()));
                    }
                    return result;
                }));
    }

    private interface Call {
        Object run() throws ReflectiveOperationException;
    }

    private static Object call(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
