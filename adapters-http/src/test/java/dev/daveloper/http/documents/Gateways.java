package dev.daveloper.http.documents;

import dev.daveloper.application.documents.in.Documents;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.OtherPorts;
import dev.daveloper.http.TestGateway;
import dev.daveloper.http.UploadLimits;
import dev.daveloper.http.security.AdminKeys;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Gateways for documents: with an administrator, and as few uploads as a test can make. */
final class Gateways {
    static final String ADMIN_KEY = "an-administrators-key-of-32-chars";
    static final UploadLimits SMALL = smaller(UploadLimits.DEFAULT);

    private Gateways() {}

    static TestGateway open() {
        return open(config -> config);
    }

    static TestGateway open(UnaryOperator<HttpConfig> config) {
        return open(config, ports -> ports);
    }

    static TestGateway open(UnaryOperator<HttpConfig> config, UnaryOperator<HttpPorts> ports) {
        return TestGateway.of(ScriptedAgent.saying("hello"), given -> config.apply(admin(given)), ports);
    }

    private static HttpConfig admin(HttpConfig config) {
        return config.withAdminKeys(
                new AdminKeys(Map.of("other", AdminKeys.hashOf("another-key"), "alice", AdminKeys.hashOf(ADMIN_KEY))));
    }

    static HttpPorts withDocuments(HttpPorts ports, Documents documents) {
        return OtherPorts.with(ports, documents);
    }

    /** The real documents, but for one method. */
    static HttpPorts with(HttpPorts ports, String method, Answer answer) {
        Documents documents = (Documents) Proxy.newProxyInstance(
                Documents.class.getClassLoader(), new Class<?>[] {Documents.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.to(ports.documents(), arguments);
                    }
                    try {
                        return called.invoke(ports.documents(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return withDocuments(ports, documents);
    }

    interface Answer {
        Object to(Documents real, Object[] arguments) throws Exception;
    }

    static UploadLimits smaller(UploadLimits usual) {
        return new UploadLimits(
                3,
                10,
                1024,
                100,
                1024 * 1024,
                64 * 1024,
                4 * 1024 * 1024,
                usual.maxUploads(),
                usual.maxUploadsPerSession(),
                usual.within());
    }
}
