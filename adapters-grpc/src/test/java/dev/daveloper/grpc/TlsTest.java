package dev.daveloper.grpc;

import static dev.daveloper.application.testkit.AgentAnswers.allOf;
import static dev.daveloper.application.testkit.AgentAnswers.asking;
import static dev.daveloper.application.testkit.AgentAnswers.nextOf;
import static dev.daveloper.application.testkit.AgentAnswers.textOf;
import static dev.daveloper.application.testkit.Uploads.handOver;
import static dev.daveloper.application.testkit.Uploads.ingested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daveloper.application.testkit.ScriptedAgent;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.failures.AgentUnavailable;
import dev.daveloper.domain.failures.DocumentsUnavailable;
import dev.daveloper.grpc.chat.GrpcAgent;
import dev.daveloper.grpc.documents.GrpcDocuments;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may speak to whom. */
class TlsTest {
    @TempDir
    static Path files;

    private static Path authority;
    private static Path otherAuthority;
    private static TlsIdentity server;
    private static TlsIdentity client;
    private static TlsIdentity stranger;

    @RegisterExtension
    final Opened opened = new Opened();

    @BeforeAll
    static void issue() throws Exception {
        X509Bundle ours = new CertificateBuilder()
                .ecp256()
                .subject("CN=ours")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle theirs = new CertificateBuilder()
                .ecp256()
                .subject("CN=theirs")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        authority = write("ours.pem", ours.getCertificatePEM());
        otherAuthority = write("theirs.pem", theirs.getCertificatePEM());
        server = identity(
                "server",
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=agent")
                        .addSanDnsName("agent.test")
                        .addSanDnsName("localhost")
                        .buildIssuedBy(ours));
        client = identity(
                "client",
                new CertificateBuilder().ecp256().subject("CN=gateway").buildIssuedBy(ours));
        stranger = identity(
                "stranger",
                new CertificateBuilder().ecp256().subject("CN=stranger").buildIssuedBy(theirs));
    }

    @Test
    void an_answer_comes_over_tls() throws InterruptedException {
        int port = serve(new ServerTls(server, Optional.empty()));
        assertThat(answer(port, ClientTls.trusting(authority))).isEqualTo("in private");
    }

    @Test
    void a_server_of_another_authority_is_not_spoken_to() {
        int port = serve(new ServerTls(server, Optional.empty()));
        assertRefused(port, ClientTls.trusting(otherAuthority));
        assertRefused(port, ClientTls.system());
    }

    @Test
    void a_server_of_another_name_is_not_spoken_to() throws InterruptedException {
        int port = serve(new ServerTls(server, Optional.empty()));
        assertRefused(port, new ClientTls(Optional.of(authority), Optional.empty(), Optional.of("elsewhere.test")));
        assertThat(answer(port, new ClientTls(Optional.of(authority), Optional.empty(), Optional.of("agent.test"))))
                .isEqualTo("in private");
    }

    @Test
    void a_server_that_asks_who_calls_admits_its_own() throws InterruptedException {
        int port = serve(new ServerTls(server, Optional.of(authority)));
        assertThat(answer(port, ClientTls.trusting(authority).as(client))).isEqualTo("in private");
        assertRefused(port, ClientTls.trusting(authority));
        assertRefused(port, ClientTls.trusting(authority).as(stranger));
    }

    @Test
    void documents_go_between_two_who_know_each_other() {
        DocumentsServerConfig knowing = DocumentsServerConfig.of(0)
                .serving(serving -> serving.withTls(new ServerTls(server, Optional.of(authority))));
        String target = "dns:///localhost:"
                + opened.serve(knowing, new WatchedDocuments()).port();
        ClientTls ours = ClientTls.trusting(authority);
        GrpcDocuments known = opened.documents(GrpcDocumentsConfig.of(target).withTls(ours.as(client)));
        GrpcDocuments unknown = opened.documents(GrpcDocumentsConfig.of(target).withTls(ours.as(stranger)));

        assertThat(ingested(known, Scope.SHARED, "private.txt", "in private")).isNotNull();
        assertThatThrownBy(() -> handOver(unknown, Scope.SHARED, "forged.txt", "forged"))
                .isInstanceOf(DocumentsUnavailable.class);
        assertThat(known.jobs(Scope.SHARED, 10)).hasSize(1);
    }

    @Test
    void files_that_hold_no_keys_stop_the_start() throws IOException {
        Path junk = write("junk.pem", "no key");
        TlsIdentity broken = new TlsIdentity(junk, junk);
        ServerTls brokenServer = new ServerTls(broken, Optional.empty());
        assertThatThrownBy(() -> serve(brokenServer)).isInstanceOf(IllegalArgumentException.class);
        GrpcAgentConfig config =
                GrpcAgentConfig.of("localhost:1").withTls(ClientTls.trusting(files.resolve("missing.pem")));
        assertThatThrownBy(() -> GrpcAgents.connect(config)).isInstanceOf(IllegalArgumentException.class);
        GrpcAgentConfig brokenClient =
                GrpcAgentConfig.of("localhost:1").withTls(ClientTls.system().as(broken));
        assertThatThrownBy(() -> GrpcAgents.connect(brokenClient)).isInstanceOf(IllegalArgumentException.class);
    }

    private int serve(ServerTls tls) {
        return opened.serve(
                        AgentServerConfig.of(0).serving(serving -> serving.withTls(tls)),
                        ScriptedAgent.saying("in ", "private"))
                .port();
    }

    private String answer(int port, ClientTls tls) throws InterruptedException {
        return textOf(allOf(connect(port, tls).answer(asking("?"))));
    }

    private void assertRefused(int port, ClientTls tls) {
        GrpcAgent agent = connect(port, tls);
        assertThatThrownBy(() -> nextOf(agent.answer(asking("?"))))
                .isInstanceOfSatisfying(
                        AgentUnavailable.class,
                        refusal ->
                                assertThat(refusal.detail()).isEqualTo("The agent cannot be reached at the moment."));
    }

    private GrpcAgent connect(int port, ClientTls tls) {
        return opened.connect(GrpcAgentConfig.of("dns:///localhost:" + port).withTls(tls));
    }

    private static TlsIdentity identity(String name, X509Bundle bundle) throws IOException {
        return new TlsIdentity(
                write(name + ".pem", bundle.getCertificatePathPEM()), write(name + ".key", bundle.getPrivateKeyPEM()));
    }

    private static Path write(String name, String pem) throws IOException {
        return Files.writeString(files.resolve(name), pem);
    }
}
