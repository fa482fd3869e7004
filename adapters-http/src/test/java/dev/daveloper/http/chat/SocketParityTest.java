package dev.daveloper.http.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daveloper.domain.chat.AgentEvent;
import dev.daveloper.domain.chat.FollowStep.Notice;
import dev.daveloper.domain.chat.RunEvent;
import dev.daveloper.http.SocketListener;
import dev.daveloper.http.requests.Nothing;
import dev.daveloper.http.sockets.CloseCode;
import dev.daveloper.http.testkit.ApiDocument;
import dev.daveloper.http.testkit.MessageContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document names what the socket understands and says, and nothing else. */
class SocketParityTest {
    private static final ApiDocument ASYNCAPI = ApiDocument.of("asyncapi.yaml");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "daveloper", "http");
    private static final Pattern UNDERSTOOD = Pattern.compile("case \"([a-z.]+)\" ->");
    private static final Pattern SAID = Pattern.compile("new SocketMessages\\.\\w+\\(\\s*\"([a-z.]+)\"");

    private static final Map<String, Class<? extends Record>> CLIENT = Map.of(
            "Hello", SocketMessages.Hello.class,
            "ChatSend", SendMessage.class,
            "RunFollow", SocketMessages.Follow.class,
            "RunCancel", SocketMessages.Cancel.class,
            "Ping", Nothing.class);

    private static final Map<String, Class<? extends Record>> SERVER = Map.of(
            "Ready", SocketMessages.Ready.class,
            "ChatAccepted", SocketMessages.Accepted.class,
            "Pong", SocketMessages.Pong.class,
            "Error", SocketMessages.Failed.class);

    private static Set<String> typesIn(Pattern pattern) throws Exception {
        String source = Files.readString(SOURCES.resolve("chat/SocketDialogue.java"));
        Set<String> types = new TreeSet<>();
        pattern.matcher(source).results().forEach(found -> types.add(found.group(1)));
        return types;
    }

    private static Set<String> typesOf(String action) {
        Set<String> types = new TreeSet<>();
        for (JsonNode operation : ASYNCAPI.at("/operations")) {
            if (operation.path("action").asText().equals(action)) {
                operation.get("messages").forEach(message -> types.add(typeAt(message)));
            }
            if (action.equals("send")) {
                operation.path("reply").path("messages").forEach(message -> types.add(typeAt(message)));
            }
        }
        return types;
    }

    private static String typeAt(JsonNode reference) {
        return ASYNCAPI.at(reference.get("$ref").textValue().substring(1))
                .get("name")
                .textValue();
    }

    @Test
    void what_the_socket_understands_is_described() throws Exception {
        assertThat(typesOf("receive"))
                .isEqualTo(typesIn(UNDERSTOOD))
                .containsExactlyInAnyOrderElementsOf(SocketListener.TYPES);
    }

    @Test
    void what_the_socket_says_is_described() throws Exception {
        Set<String> said = typesIn(SAID);
        EventJsonTest.everyEvent().forEach(event -> said.add(EventJson.typeOf(event)));
        said.add(EventJson.NOTICE);
        said.add("document.progress");
        assertThat(typesOf("send")).isEqualTo(said);
        assertThat(MessageContract.types())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(said.stream(), typesIn(UNDERSTOOD).stream())
                        .toList());
    }

    @Test
    void no_kind_of_event_is_forgotten() {
        Set<Class<?>> kinds = new java.util.HashSet<>(Arrays.asList(RunEvent.class.getPermittedSubclasses()));
        kinds.remove(AgentEvent.class);
        kinds.addAll(Arrays.asList(AgentEvent.class.getPermittedSubclasses()));
        assertThat(EventJsonTest.everyEvent().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(kinds);
    }

    @Test
    void every_notice_is_described_and_every_one_that_is_described_exists() {
        JsonNode code = ASYNCAPI.at("/components/schemas/Notice/properties/code");
        List<String> codes = new ArrayList<>();
        code.get("enum").forEach(each -> codes.add(each.textValue()));
        assertThat(codes)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Notice.values()).map(Notice::wireName).toList());
        assertThat(codes).allMatch(each -> code.get("description").textValue().contains("`" + each + "`"));
    }

    @Test
    void messages_have_the_members_that_are_described() {
        CLIENT.forEach((name, type) -> assertThat(membersOf(name)).as(name).isEqualTo(membersOf(type, "type", "id")));
        SERVER.forEach((name, type) -> assertThat(membersOf(name)).as(name).isEqualTo(membersOf(type)));
        assertThat(members(ApiDocument.of("openapi.yaml"), "SendMessage")).isEqualTo(membersOf(SendMessage.class));
    }

    @Test
    void every_close_code_is_described() {
        Set<Integer> codes = new TreeSet<>();
        ASYNCAPI.at("/channels/chat/x-close-codes").forEach(code -> codes.add(code.intValue()));
        assertThat(codes)
                .containsAll(Stream.of(CloseCode.values()).map(CloseCode::code).toList());
        String description = ASYNCAPI.at("/channels/chat/description").textValue();
        assertThat(codes).allMatch(code -> description.contains("| " + code + " |"));
    }

    private static Set<String> membersOf(String schema) {
        return members(ASYNCAPI, schema);
    }

    private static Set<String> members(ApiDocument document, String schema) {
        Set<String> members = new TreeSet<>();
        document.at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(members::add);
        return members;
    }

    private static Set<String> membersOf(Class<? extends Record> type, String... others) {
        List<String> members = new ArrayList<>(List.of(others));
        Stream.of(type.getRecordComponents()).forEach(component -> members.add(component.getName()));
        return new TreeSet<>(members);
    }
}
