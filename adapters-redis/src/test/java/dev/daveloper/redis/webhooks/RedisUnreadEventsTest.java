package dev.daveloper.redis.webhooks;

import dev.daveloper.application.testkit.UnreadEventsContract;
import dev.daveloper.application.testkit.WebhookStores;
import dev.daveloper.domain.webhooks.DeliveryId;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.WebhookEvent;
import dev.daveloper.redis.Keys;
import dev.daveloper.redis.TestAdapters;
import dev.daveloper.redis.testkit.RedisProcess;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisUnreadEventsTest {
    /** In front of what is stored, this says that a key named so has sealed it, of which nobody has heard. */
    private static final String SCRAMBLE = """
            local known = redis.call('HGET', KEYS[1], ARGV[1])
            if known then redis.call('HSET', KEYS[1], ARGV[1], '\1\5other' .. known) end""";

    private static final String MEND = """
            local known = redis.call('HGET', KEYS[1], ARGV[1])
            if known then redis.call('HSET', KEYS[1], ARGV[1], string.sub(known, 8)) end""";

    /** In some server, by a script. */
    abstract static class InRedis extends UnreadEventsContract {
        @RegisterExtension
        final TestAdapters opener = new TestAdapters();

        abstract RedisProcess serverOf(String key);

        @Override
        protected void scramble(WebhookEvent event, Set<EndpointId> to) {
            everywhere(SCRAMBLE, event, to);
        }

        @Override
        protected void mend(WebhookEvent event, Set<EndpointId> to) {
            everywhere(MEND, event, to);
        }

        private void everywhere(String script, WebhookEvent event, Set<EndpointId> to) {
            Keys keys = new Keys(opener.prefix());
            change(
                    script,
                    keys.outgoing(Keys.shardOf(event.session().orElseThrow())),
                    event.id().value());
            for (EndpointId endpoint : to) {
                change(script, keys.deliveries(Keys.shardOf(endpoint)) + DeliveryId.of(event, endpoint), "event");
            }
        }

        private void change(String script, String key, String field) {
            serverOf(key).command("EVAL", script, "1", key, field);
        }
    }

    @Nested
    class OnOneServer extends InRedis {
        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.config().withClock(time))));
        }

        @Override
        RedisProcess serverOf(String key) {
            return TestAdapters.server();
        }
    }

    @Nested
    class InACluster extends InRedis {
        @Override
        protected WebhookStores open(InstantSource time) throws InterruptedException {
            return new OpenedWebhooks(
                    opener.open(OpenedWebhooks.sealed(opener.clustered().withClock(time))));
        }

        @Override
        RedisProcess serverOf(String key) {
            return TestAdapters.cluster().masterOf(TestAdapters.cluster().slotOf(key));
        }
    }
}
