package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.application.documents.out.NoDocuments;
import dev.daveloper.domain.Ids;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {
    private static final PassageIndex LIBRARY = PassageIndex.of(Fixtures.documents());
    private static final Scope MINE = Scope.of(SessionId.next(new Ids(InstantSource.system(), new SecureRandom())));

    private static final String LEASE = """
            # Lease

            This lease begins on 1 March 2024. The flat lies in Harbour Street.

            ## Termination

            Either party may end the lease with a notice period of three months. Notice is given in writing.

            ## Deposit

            The tenant pays a deposit of two monthly rents, that is 1,840 euros.
            \f
            ## Pets

            Cats are welcome. Dogs need the landlord's consent.

            ## Repairs

            Small repairs up to 90 euros are paid by the tenant.
            """;

    private final OwnDocuments own = new OwnDocuments();

    @AfterEach
    void close() {
        own.close();
    }

    @AfterAll
    static void closeLibrary() {
        LIBRARY.close();
    }

    private Lookup lookup() {
        return Lookup.in(LIBRARY, own, MINE.readable());
    }

    private List<Match> search(String question) throws InterruptedException {
        return lookup().search(question, 3);
    }

    private static String quotes(List<Match> matches) {
        return matches.stream()
                .flatMap(match -> match.excerpts().stream())
                .map(Excerpt::display)
                .collect(Collectors.joining("\n"));
    }

    private static String title(List<Match> matches) {
        return matches.isEmpty() ? "" : matches.getFirst().passage().title();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the notice period of the lease?|three months|lease.pdf, page 1",
                "How high is the deposit?|1,840 euros|lease.pdf, page 1",
                "Are dogs allowed?|landlord's consent|lease.pdf, page 2",
                "Who pays for small repairs?|90 euros|lease.pdf, page 2",
                "What does my lease say about cats?|Cats are welcome|lease.pdf, page 2",
                "what does lease.pdf say about repairs|90 euros|lease.pdf, page 2"
            })
    void a_question_about_a_document_is_answered_from_it(String question, String words, String title)
            throws InterruptedException {
        own.put(MINE, "lease.pdf", LEASE);
        own.put(MINE, "recipes.md", "# Bread\n\nKnead the dough for ten minutes.\n\n# Soup\n\nBoil the leeks.");
        List<Match> matches = search(question);
        assertThat(quotes(matches)).contains(words);
        assertThat(title(matches)).isEqualTo(title);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the capital of France?",
                "Who won the world cup in 1998?",
                "How do I bake a chocolate cake?",
                "What's the weather in Berlin tomorrow?",
                "What does my lease say about parachutes and volcanoes?",
                "Wie heißt die Hauptstadt von Frankreich?",
                "Quelle est la capitale de la France ?",
                "フランスの首都はどこですか",
                "法国的首都是哪里",
                "asdf qwer",
                "???"
            })
    void a_question_that_nothing_answers_finds_nothing(String question) throws InterruptedException {
        own.put(MINE, "lease.pdf", LEASE);
        own.put(MINE, "契約書.txt", "この契約の解約には三か月前の通知が必要です。\n\n賃料は毎月末日までに支払うものとします。");
        own.put(MINE, "vertrag.md", "# Vertrag\n\nDie Kündigungsfrist beträgt drei Monate zum Ende eines Quartals.");
        assertThat(quotes(search(question))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wie lang ist die Kündigungsfrist im Vertrag?|drei Monate",
                "Wann kann ich den Vertrag kündigen?|drei Monate",
                "Was kosten die Nebenkosten pro Monat?|180 Euro",
                "Quelle est la durée du préavis ?|trois mois",
                "Combien de jours pour l'augmentation ?|trente jours",
                "¿Cuál es el plazo de preaviso del contrato?|dos meses",
                "契約の解約には何が必要ですか|三か月前の通知",
                "賃料はいつまでに支払いますか|毎月末日",
                "合同的解约期限是多久|三个月",
                "계약 해지 통보는 언제 해야 합니까|세 달 전",
                "สัญญาเช่าสิ้นสุดเมื่อไร|31 ธันวาคม",
                "Каков срок уведомления о расторжении?|три месяца",
                "ما هي مدة الإشعار|ثلاثة أشهر"
            })
    void questions_and_documents_may_be_in_any_language(String question, String words) throws InterruptedException {
        own.put(MINE, "vertrag.md", """
                # Mietvertrag

                Die Kündigungsfrist beträgt drei Monate zum Ende eines Quartals. Der Vertrag ist schriftlich zu
                kündigen.

                ## Nebenkosten

                Der Mieter zahlt für die Nebenkosten monatlich 180 Euro.
                """);
        own.put(
                MINE,
                "bail.md",
                "# Bail\n\nLa durée du préavis est de trois mois.\n\n# Loyer\n\n"
                        + "L'augmentation du loyer est annoncée trente jours avant.");
        own.put(MINE, "contrato.txt", "El plazo de preaviso del contrato es de dos meses.");
        own.put(MINE, "契約書.txt", "この契約の解約には三か月前の通知が必要です。\n\n賃料は毎月末日までに支払うものとします。");
        own.put(MINE, "合同.txt", "本合同的解约期限为三个月。租金按月支付。");
        own.put(MINE, "계약서.txt", "계약을 해지하려면 세 달 전에 통보해야 합니다.");
        own.put(MINE, "สัญญา.txt", "สัญญาเช่านี้สิ้นสุดวันที่ 31 ธันวาคม ของทุกปี");
        own.put(MINE, "договор.txt", "Срок уведомления о расторжении договора составляет три месяца.");
        own.put(MINE, "عقد.txt", "مدة الإشعار قبل إنهاء العقد هي ثلاثة أشهر.");
        assertThat(quotes(search(question))).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "How do I connect my own agent?,guides/agents",
        "What happens when Redis is down?,guides/operations",
        "how can I stop a running answer,guides/streaming",
        "http.port,reference/configuration"
    })
    void questions_about_the_gateway_are_answered_from_its_documentation(String question, String document)
            throws InterruptedException {
        own.put(MINE, "lease.pdf", LEASE);
        own.put(
                MINE,
                "memo.txt",
                "Our travel agent can connect flights. Running shoes answer most needs. The port of"
                        + " Hamburg is busy, and prices are down.");
        assertThat(search(question).getFirst().passage().documentId()).isEqualTo(document);
    }

    @Test
    void a_persons_own_document_comes_first_where_it_answers_as_well_as_the_documentation() throws Exception {
        String text = "# How do I connect my own agent?\n\nConnect your own agent to the switchboard by the red plug.";
        String id = own.put(MINE, "switchboard.md", text).value();
        List<Match> matches = search("How do I connect my own agent?");
        assertThat(matches.getFirst().passage().documentId()).isEqualTo(id);
        assertThat(matches).anyMatch(match -> match.passage().origin() instanceof Origin.Library);
    }

    @Test
    void everything_quoted_of_a_document_stands_in_its_text_at_its_place() throws Exception {
        String id = own.put(MINE, "lease.pdf", LEASE).value();
        for (String question : List.of("notice period", "deposit", "dogs and cats", "summarise my document")) {
            List<Match> matches = search(question);
            assertThat(matches).as(question).isNotEmpty();
            for (Match match : matches) {
                assertThat(match.excerpts()).isNotEmpty();
                for (Excerpt excerpt : match.excerpts()) {
                    assertThat(match.passage().quote(excerpt.start(), excerpt.end()))
                            .isEqualTo(own.text(id).substring(excerpt.start(), excerpt.end()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "summarise my document",
                "Can you please give me a summary of the document?",
                "What is in my file?",
                "what is my document about?",
                "Fasse mein Dokument zusammen",
                "Was steht in meinem Dokument?",
                "Résume mon document",
                "この文書を要約してください",
                "总结这个文件",
                "what is in notes.txt?",
                "notes.txt"
            })
    void whoever_asks_what_is_in_a_document_is_told_how_it_begins(String question) throws Exception {
        own.put(MINE, "lease.pdf", LEASE);
        own.put(MINE, "notes.txt", "Minutes of the meeting in May.\n\nPresent were Ada and Grace.");
        own.put(Scope.SHARED, "handbook.md", "# Handbook\n\nWelcome to the company.");
        List<Match> matches = search(question);
        assertThat(quotes(matches)).startsWith("Minutes of the meeting in May.");
        assertThat(matches).allMatch(match -> match.passage().documentTitle().equals("notes.txt"));
    }

    @Test
    void a_document_that_is_named_is_the_one_that_is_summarised() throws Exception {
        own.put(MINE, "lease.pdf", LEASE);
        own.put(MINE, "notes.txt", "Minutes of the meeting in May.");
        assertThat(quotes(search("Summarise lease.pdf"))).startsWith("This lease begins");
        assertThat(quotes(search("What's in LEASE.PDF?"))).startsWith("This lease begins");
    }

    @Test
    void shared_documents_are_read_where_a_person_has_none() throws Exception {
        own.put(Scope.SHARED, "handbook.md", "# Handbook\n\nWelcome to the company.");
        assertThat(quotes(search("summarise the document"))).startsWith("Welcome");
    }

    @Test
    void without_documents_everything_is_as_in_the_library_alone() throws Exception {
        for (String question : List.of(
                "How do I connect my own agent?",
                "What is the capital of France?",
                "summarise my document",
                "http.port")) {
            assertThat(search(question)).isEqualTo(LIBRARY.search(question, 3));
            assertThat(Lookup.in(LIBRARY, NoDocuments.NONE, MINE.readable()).search(question, 3))
                    .isEqualTo(LIBRARY.search(question, 3));
        }
    }
}
