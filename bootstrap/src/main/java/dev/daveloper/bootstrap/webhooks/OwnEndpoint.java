package dev.daveloper.bootstrap.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.bootstrap.operator.AdminKey;
import dev.daveloper.bootstrap.operator.CommandFailed;
import dev.daveloper.bootstrap.operator.GatewayAddress;
import dev.daveloper.bootstrap.operator.GatewayClient;
import dev.daveloper.bootstrap.operator.Refused;
import dev.daveloper.domain.failures.InvalidValue;
import dev.daveloper.domain.webhooks.EndpointId;
import dev.daveloper.domain.webhooks.EventType;
import dev.daveloper.domain.webhooks.SigningSecret;
import java.time.Duration;
import java.util.Set;

/** A gateway's endpoint that leads to a listener: it is set up for as long as that listens. For one thread. */
final class OwnEndpoint {
    /** How long nothing may move while the gateway is asked, at the start and at the end. */
    private static final Duration MAX_SILENCE = Duration.ofSeconds(15);

    /** By this and its URL an endpoint is known that was left behind; it says nothing of whose machine it is. */
    private static final String DESCRIPTION = "webhooks listen on port ";

    private static final String PATH = "/webhooks";
    private static final int NOT_FOUND = 404;

    private final GatewayAddress gateway;
    private final AdminKey key;
    private final EndpointId id;

    private OwnEndpoint(GatewayAddress gateway, AdminKey key, EndpointId id) {
        this.gateway = gateway;
        this.key = key;
        this.id = id;
    }

    /**
     * Sets it up, in place of one that a listener on this port has left behind when it was killed.
     *
     * @param types none of them means all
     */
    static OwnEndpoint setUp(GatewayAddress gateway, AdminKey key, int port, Set<EventType> types, SigningSecret secret)
            throws CommandFailed, InterruptedException {
        String url = ListenSecret.urlAt(port);
        try (GatewayClient client = new GatewayClient(gateway, key, MAX_SILENCE)) {
            for (JsonNode endpoint : client.get(PATH).path("items")) {
                if (endpoint.path("url").asText().equals(url)
                        && endpoint.path("description").asText().equals(DESCRIPTION + port)) {
                    remove(client, idOf(endpoint, gateway));
                }
            }
            ObjectNode wish = GatewayClient.JSON.createObjectNode();
            wish.put("url", url).put("description", DESCRIPTION + port).put("secret", secret.reveal());
            ArrayNode wanted = wish.putArray("eventTypes");
            types.stream().map(EventType::wireName).sorted().forEach(wanted::add);
            return new OwnEndpoint(gateway, key, idOf(client.create(PATH, wish), gateway));
        } catch (Refused e) {
            throw e.names("#/url")
                    ? new CommandFailed(
                            e.getMessage() + " Start the gateway with " + ListenSecret.NEEDED_OPTIONS + " for that.")
                    : e;
        }
    }

    /** @throws CommandFailed when it stays where it is */
    void remove() throws CommandFailed, InterruptedException {
        try (GatewayClient client = new GatewayClient(gateway, key, MAX_SILENCE)) {
            remove(client, id);
        } catch (CommandFailed e) {
            throw new CommandFailed(
                    "The webhook " + id + " stays at the gateway until somebody deletes it or listens on"
                            + " this port again. " + e.getMessage());
        }
    }

    private static void remove(GatewayClient client, EndpointId id) throws CommandFailed, InterruptedException {
        try {
            client.delete(PATH + "/" + id);
        } catch (Refused e) {
            // Somebody else may have deleted it meanwhile.
            if (e.status() != NOT_FOUND) {
                throw e;
            }
        }
    }

    private static EndpointId idOf(JsonNode endpoint, GatewayAddress gateway) throws CommandFailed {
        try {
            return new EndpointId(endpoint.path("id").asText());
        } catch (InvalidValue e) {
            throw new CommandFailed("What answers at " + gateway + " is no gateway: its webhooks have no ids.");
        }
    }

    @Override
    public String toString() {
        return id + " at " + gateway;
    }
}
