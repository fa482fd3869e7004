package dev.daveloper.http.chat;

import dev.daveloper.application.chat.in.Chat;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The real chat, but for one method that fails. */
public final class FailingChat {
    private FailingChat() {}

    public static HttpPorts at(HttpPorts ports, String failing, RuntimeException failure) {
        Chat chat = (Chat) Proxy.newProxyInstance(
                Chat.class.getClassLoader(), new Class<?>[] {Chat.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(failing)) {
                        throw failure;
                    }
                    try {
                        return method.invoke(ports.chat(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return OtherPorts.with(ports, chat);
    }
}
