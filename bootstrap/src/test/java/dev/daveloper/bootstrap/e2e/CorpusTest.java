package dev.daveloper.bootstrap.e2e;

import static dev.daveloper.bootstrap.e2e.Sound.assertRefused;
import static dev.daveloper.bootstrap.e2e.Sound.assertSound;
import static dev.daveloper.bootstrap.e2e.Sound.json;
import static dev.daveloper.bootstrap.e2e.Sound.pointers;
import static dev.daveloper.bootstrap.e2e.Sound.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.application.testkit.ScriptedAgent.Script;
import dev.daveloper.application.webhooks.in.Webhooks;
import dev.daveloper.bootstrap.e2e.Wire.Answer;
import dev.daveloper.domain.documents.DocumentName;
import dev.daveloper.http.HttpConfig;
import dev.daveloper.http.HttpPorts;
import dev.daveloper.http.HttpServer;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@link Corpus} goes into every place of the API. What is text comes back as it was sent; what is not is refused
 * by a rule; nothing is run, nothing fails, nothing reaches a header, a page or the log.
 */
class CorpusTest {
    @TempDir
    private static Path directory;

    private static ServedAgent agent;
    private static RunningProgram program;
    private static Crowd crowd;

    @BeforeAll
    static void start() throws Exception {
        agent = ServedAgent.of(ScriptedAgent.following(request -> Script.say(request.message())), 0);
        program = RunningProgram.gateway(directory, agent.target());
        crowd = new Crowd(program.base());
    }

    @AfterAll
    static void stop() throws Exception {
        crowd.close();
        try (RunningProgram ending = program) {
            assertThat(Visitor.at(ending.base()).get("/health").path("status").asText())
                    .isEqualTo("pass");
            ending.terminate();
            assertThat(ending.awaitExit()).isZero();
            assertThat(ending.log() + ending.out()).doesNotContain(Corpus.MARK, "forged line", "\tat ", "Exception");
        } finally {
            agent.close();
        }
    }

    @Test
    void every_route_there_is_gets_the_corpus() throws Exception {
        RecordComponent[] ports = HttpPorts.class.getRecordComponents();
        Object[] silent = Arrays.stream(ports).map(CorpusTest::neverCalled).toArray();
        HttpConfig anywhere = HttpConfig.on("127.0.0.1", 0);
        try (HttpServer server = HttpServer.start(
                anywhere, (HttpPorts) HttpPorts.class.getDeclaredConstructors()[0].newInstance(silent))) {
            Set<String> routes = server.routes().stream()
                    .map(route -> route.replace(" /v1/", " /"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(Surface.ROUTES.keySet()).containsExactlyInAnyOrderElementsOf(routes);
        }
    }

    private static Object neverCalled(RecordComponent port) {
        boolean optional = port.getType() == Optional.class;
        Object silent = Proxy.newProxyInstance(
                CorpusTest.class.getClassLoader(),
                new Class<?>[] {optional ? Webhooks.class : port.getType()},
                (proxy, method, arguments) -> method.getReturnType() == List.class ? List.of() : null);
        return optional ? Optional.of(silent) : silent;
    }

    @Test
    void paths_queries_headers_and_bodies_are_judged_by_rule() throws Exception {
        for (String route : new TreeSet<>(Surface.ROUTES.keySet())) {
            crowd.each(payloads(), (member, payload) -> {
                String token = member.visitor().token();
                for (byte[] request : Surface.requests(route, payload, token)) {
                    Answer answer = member.wire().exchange(request);
                    if (!Surface.ignoresQuery(route)) {
                        assertThat(answer.status()).as(() -> shown(request)).isNotIn(200, 201, 202, 204);
                    }
                    assertSound(answer, request);
                }
                byte[] headers = Surface.headers(route, payload);
                assertSound(member.wire().exchange(headers), headers);
            });
        }
    }

    @Test
    void headers_that_decide_over_a_request_decide_by_rule() throws Exception {
        crowd.each(payloads(), (member, payload) -> {
            for (byte[] request : Surface.loneHeaders(payload)) {
                assertSound(member.wire().exchange(request), request);
                member.wire().reconnect();
            }
        });
    }

    @Test
    void an_address_that_is_none_is_refused_by_rule() throws Exception {
        crowd.each(payloads(), (member, payload) -> {
            for (byte[] request : Surface.addresses(payload)) {
                assertSound(member.wire().exchange(request), request);
            }
        });
    }

    @Test
    void a_message_is_answered_and_kept_as_it_was_sent_or_refused() throws Exception {
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        crowd.each(Corpus.texts(), (member, text) -> {
            String json = object().put("message", text).toString();
            Answer answer = post(member, "/v1/agent/chat", json);
            if (Corpus.isMessage(text)) {
                assertThat(answer.status()).as(answer::text).isEqualTo(200);
                assertThat(json(answer).at("/message/text").textValue()).isEqualTo(text);
                sent.add(text);
            } else {
                assertRefused(answer, "#/message");
            }
        });
        for (byte[] bytes : Corpus.bytes()) {
            crowd.each(List.of(bytes), (member, invalid) -> {
                byte[] request = Surface.post(
                        "/agent/chat", member.visitor().token(), Surface.join("{\"message\":\"", invalid, "\"}"));
                assertThat(json(member.wire().exchange(request)).path("code").textValue())
                        .isEqualTo("malformed_json");
            });
        }
        assertThat(kept("user")).containsAll(sent);
        assertThat(kept("assistant")).containsAll(sent);
    }

    @Test
    void every_member_of_a_message_is_judged_and_all_at_once() throws Exception {
        crowd.each(Corpus.texts(), (member, text) -> {
            ObjectNode body =
                    object().put("message", "").put("clientMessageId", text).put("useTools", text);
            body.put("maxTokens", text)
                    .put("onBusy", text)
                    .put("background", text)
                    .put(nameOf(text), text);
            Answer answer = post(member, "/agent/chat?limit=1", body.toString());
            List<String> pointers = pointers(answer);
            assertThat(pointers)
                    .as(answer::text)
                    .contains("#/message", "#/useTools", "#/maxTokens", "#/onBusy", "#/background", "#/limit");
            assertThat(pointers).hasSize(text.matches("[!-~]{1,128}") ? 7 : 8);
        });
    }

    @Test
    void a_tool_gets_its_arguments_as_they_were_sent() throws Exception {
        crowd.each(Corpus.texts(), (member, text) -> {
            ObjectNode arguments = object();
            arguments
                    .putArray(nameOf(text))
                    .add(object().put(nameOf(text), text))
                    .add(1.10)
                    .addNull();
            String echoed =
                    object().put("name", "echo").set("arguments", arguments).toString();
            Answer answer = post(member, "/agent/tools/test", echoed);
            assertThat(answer.status()).as(answer::text).isEqualTo(200);
            assertThat(Visitor.JSON.readTree(json(answer).path("output").textValue()))
                    .isEqualTo(Visitor.JSON.readTree(arguments.toString()));
            Answer unknown =
                    post(member, "/agent/tools/test", object().put("name", text).toString());
            assertThat(unknown.status()).isIn(400, 404);
            assertSound(unknown, new byte[0]);
        });
    }

    @Test
    void an_upload_may_say_what_it_likes_in_its_parts() throws Exception {
        crowd.each(payloads(), (member, payload) -> {
            for (byte[] request : Surface.uploads(payload, member.visitor().token())) {
                assertSound(member.wire().exchange(request), request);
            }
        });
    }

    @Test
    void a_file_is_shown_by_its_name_without_what_deceives() throws Exception {
        crowd.each(Corpus.texts(), (member, text) -> {
            String name = text.substring(0, Math.min(text.length(), 900)).replaceAll("[\r\n\"\\\\]", "_") + " x.md";
            byte[] content = ("# A heading\n\nAbout " + text.hashCode()).getBytes(StandardCharsets.UTF_8);
            byte[] request = Surface.upload(
                    member.visitor().token(),
                    "file".getBytes(StandardCharsets.UTF_8),
                    name.getBytes(StandardCharsets.UTF_8),
                    "text/markdown".getBytes(StandardCharsets.UTF_8),
                    content);
            Answer answer = member.wire().exchange(request);
            assertSound(answer, request);
            assertThat(answer.status()).as(() -> name + answer.text()).isEqualTo(202);
            assertThat(json(answer).path("name").textValue()).isEqualTo(DocumentName.clean(name));
        });
    }

    @Test
    void a_web_socket_judges_as_rest_does() throws Exception {
        crowd.each(Corpus.texts(), (member, text) -> {
            try (ChatSocket socket = ChatSocket.open(member.visitor())) {
                socket.send(object().put("type", "ping").put("id", text).toString());
                Event pong = socket.await(event -> event.is("pong") || event.is("error"));
                boolean fits = text.length() <= 128;
                assertThat(pong.type()).isEqualTo(fits ? "pong" : "error");
                assertThat(pong.json().path("replyTo").asText(null)).isEqualTo(fits ? text : null);
                int mistakes = say(socket, text);
                socket.send(
                        object().put("type", "chat.send").put("message", text).toString());
                if (Corpus.isMessage(text)) {
                    assertThat(socket.awaitType("run.finished").storedText()).isEqualTo(text);
                    assertThat(socket.text()).isEqualTo(text);
                } else {
                    socket.await(event -> errors(socket) > mistakes);
                }
            }
        });
    }

    /** Says everything else that can be said, wrongly, and answers how often that was refused. */
    private static int say(ChatSocket socket, String text) {
        List<ObjectNode> wrong = new ArrayList<>();
        wrong.add(object().put("type", text));
        wrong.add(object().put("type", "hello").put("token", text).put("resume", text));
        wrong.add(object().put("type", "hello").put("token", "").put(nameOf(text), text));
        wrong.add(object().put("type", "run.follow").put("runId", text).put("after", text + "x"));
        wrong.add(object().put("type", "run.cancel").put("runId", text));
        wrong.add(object().put("type", "ping").put(nameOf(text), text));
        for (ObjectNode message : wrong) {
            int before = errors(socket);
            socket.send(message.toString());
            socket.await(event -> errors(socket) > before);
        }
        return errors(socket);
    }

    private static int errors(ChatSocket socket) {
        return (int) socket.events().stream().filter(event -> event.is("error")).count();
    }

    /** A member's name of it, which is one that nothing has. */
    private static String nameOf(String text) {
        return text.substring(0, Math.min(text.length(), 200)) + " of mine";
    }

    private static List<byte[]> payloads() {
        return Stream.concat(
                        Corpus.texts().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)),
                        Corpus.bytes().stream())
                .toList();
    }

    /** All that this role has said to anybody. */
    private static Set<String> kept(String role) throws Exception {
        Set<String> texts = new TreeSet<>();
        for (Visitor visitor : crowd.visitors()) {
            visitor.history().stream()
                    .filter(message -> message.path("role").asText().equals(role))
                    .forEach(message -> texts.add(message.path("text").asText()));
        }
        return texts;
    }

    private static Answer post(Crowd.Member member, String path, String json) {
        return member.wire()
                .exchange(Surface.post(path, member.visitor().token(), json.getBytes(StandardCharsets.UTF_8)));
    }

    private static ObjectNode object() {
        return Visitor.JSON.createObjectNode();
    }
}
