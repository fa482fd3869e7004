package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.documents.DocumentId;
import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import dev.daveloper.domain.sessions.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentScopeTest {
    private static final String[] WORDS = {"apple", "pear", "plum", "fig", "lemon", "lime", "mango", "melon", "berry"};
    private static final int SESSIONS = 5;

    private final Random random = new Random(7);

    private static List<Scope> scopes() {
        List<Scope> scopes = new ArrayList<>(List.of(Scope.SHARED));
        for (int i = 0; i < SESSIONS; i++) {
            scopes.add(Scope.of(new SessionId(SessionId.PREFIX + "%026d".formatted(i))));
        }
        return scopes;
    }

    private String text(int words) {
        return random.ints(words, 0, WORDS.length).mapToObj(i -> WORDS[i]).collect(Collectors.joining(" "));
    }

    private List<Scope> some(List<Scope> scopes) {
        List<Scope> some = new ArrayList<>(scopes);
        some.removeIf(scope -> random.nextBoolean());
        return some.isEmpty() ? List.of(scopes.get(random.nextInt(scopes.size()))) : some;
    }

    @Test
    void a_search_by_words_never_finds_a_passage_of_a_scope_that_was_not_asked_for() throws InterruptedException {
        try (DocumentIndex index = DocumentIndex.open(Optional.empty())) {
            check(index);
        }
    }

    @Test
    void a_search_by_meaning_never_does_either() throws InterruptedException {
        try (DocumentIndex index =
                DocumentIndex.open(Optional.empty(), Optional.of(Embeddings.of(new CharacterTrigramModel(64))))) {
            check(index);
        }
    }

    private void check(DocumentIndex index) throws InterruptedException {
        List<Scope> scopes = scopes();
        Map<DocumentId, Scope> owners = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            DocumentId id = Documents.id(random.nextInt(60));
            int action = random.nextInt(10);
            if (action == 0) {
                index.remove(id);
                owners.remove(id);
            } else if (action == 1 && step % 7 == 0) {
                Scope gone = scopes.get(random.nextInt(scopes.size()));
                index.removeAll(gone);
                owners.values().removeIf(gone::equals);
            } else {
                Scope owner = scopes.get(random.nextInt(scopes.size()));
                List<IndexedPassage> passages = index.split("a.txt", new ExtractedText(text(400), List.of()));
                index.put(id, owner, "a.txt", passages, progress -> {});
                owners.put(id, owner);
            }
            List<Scope> asked = some(scopes);
            List<FoundPassage> found = index.search(text(3), asked, 50);
            assertThat(found).allSatisfy(passage -> assertThat(asked).contains(owners.get(passage.documentId())));
            assertThat(found.isEmpty()).isEqualTo(owners.values().stream().noneMatch(asked::contains));
            assertThat(index.documents()).isEqualTo(owners.keySet());
        }
        assertThat(index.search("apple", List.of(), 50)).isEmpty();
    }

    @Test
    void no_two_scopes_share_a_key() {
        assertThat(scopes().stream().map(PassageFields::keyOf)).doesNotHaveDuplicates();
    }
}
