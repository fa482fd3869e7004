package dev.daveloper.embedded.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daveloper.domain.documents.FoundPassage;
import dev.daveloper.domain.documents.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldWordsTest {
    private static final DocumentIndex INDEX = DocumentIndex.open(Optional.empty());

    private static final List<String> TEXTS = List.of(
            "Die Straße zum Rathaus wurde für größere Fahrzeuge gesperrt.",
            "Le café près de la gare est fermé à Noël.",
            "Подъезд к старому городу закрыт для грузовых автомобилей.",
            "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας.",
            "我们的图书馆每天早上九点开门。",
            "新しい駅は来年の春に開業する予定です。ﾃｽﾄもあります。",
            "서울의 날씨는 오늘 매우 맑습니다.",
            "ห้องสมุดแห่งใหม่เปิดทุกวันอังคาร",
            "ຫໍສະໝຸດແຫ່ງຊາດຢູ່ນະຄອນຫຼວງວຽງຈັນ",
            "បណ្ណាល័យជាតិស្ថិតនៅរាជធានីភ្នំពេញ",
            "تقع المكتبة الوطنية في وسط المدينة.",
            "राष्ट्रीय पुस्तकालय शहर के बीच में है।",
            "The setting is called max.upload_bytes; see the UploadLimits class.");

    @BeforeAll
    static void fill() throws InterruptedException {
        for (int i = 0; i < TEXTS.size(); i++) {
            List<IndexedPassage> passages = INDEX.split("a.txt", new ExtractedText(TEXTS.get(i), List.of()));
            INDEX.put(Documents.id(i), Scope.SHARED, "a.txt", passages, progress -> {});
        }
    }

    @AfterAll
    static void close() {
        INDEX.close();
    }

    @ParameterizedTest
    @CsvSource({
        "strasse,0",
        "GRÖSSERE Fahrzeuge,0",
        "Rathaus,0",
        "cafe,1",
        "noël,1",
        "noe\u0308l,1",
        "Городу,2",
        "автомобилей,2",
        "αθηνα,3",
        "图书馆,4",
        "早上开门吗,4",
        "駅,5",
        "テスト,5",
        "개업,-1",
        "날씨,6",
        "ห้องสมุด,7",
        "วันอังคาร,7",
        "ຫໍສະໝຸດ,8",
        "ភ្នំពេញ,9",
        "المكتبة,10",
        "पुस्तकालय,11",
        "max.upload_bytes,12",
        "upload limits,12",
        "uploading,12"
    })
    void words_of_any_language_are_found(String question, int expected) {
        List<FoundPassage> found = INDEX.search(question, List.of(Scope.SHARED), 1);
        assertThat(found)
                .extracting(FoundPassage::text)
                .isEqualTo(expected < 0 ? List.of() : List.of(TEXTS.get(expected)));
    }

    @Test
    void a_word_is_found_by_its_stem_and_as_it_is_written() {
        assertThat(WorldWords.termsOf("The libraries")).contains("libraries", "librari");
        assertThat(WorldWords.wordsOf("Libraries, libraries")).hasSize(1);
    }

    @Test
    void a_word_of_any_length_makes_terms_of_bounded_length() {
        assertThat(WorldWords.termsOf("x".repeat(100_000)))
                .allSatisfy(term -> assertThat(term.length()).isLessThan(1_000));
        assertThat(WorldWords.termsOf("")).isEmpty();
    }
}
