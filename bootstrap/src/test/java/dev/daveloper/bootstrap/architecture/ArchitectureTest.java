package dev.daveloper.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The house keeps its rules, and each rule notices a house that does not. */
class ArchitectureTest {
    private static final String ROOT = "dev.daveloper";

    /** A small house in which every class breaks the rule it is named for. */
    private static final String BROKEN = "dev.daveloper.fixtures";

    /** A report begins with the member at fault; what it reaches for comes later. */
    private static final Pattern BLAMED = Pattern.compile("^\\w+ <[^>(]*KeepsTheRules");

    private static final ImportOption PRODUCT =
            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");

    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(PRODUCT).importPackages(ROOT);

    private static final JavaClasses BROKEN_HOUSE = new ClassFileImporter().importPackages(BROKEN);

    private static final Map<HouseRule, List<String>> OFFENDERS = Map.of(
            HouseRule.LAYERS_LOOK_INWARD,
            List.of(
                    "domain.chat.KnowsThePort",
                    "application.chat.KnowsAnAdapter",
                    "http.chat.KnowsAnotherAdapter",
                    "http.chat.KnowsTheWiring"),
            HouseRule.THE_DOMAIN_STANDS_ON_JAVA_ALONE,
            List.of("domain.chat.SpeaksJson", "domain.chat.Logs", "domain.chat.KnowsThePort"),
            HouseRule.THE_APPLICATION_STANDS_ON_THE_DOMAIN,
            List.of("application.chat.SpeaksSql", "application.chat.SpeaksHttp", "application.chat.SpeaksGrpc"),
            HouseRule.ADAPTERS_ENTER_THE_CORE_BY_ITS_PORTS,
            List.of("http.chat.KnowsTheService", "embedded.KnowsTheCore"),
            HouseRule.PORTS_KNOW_NO_SERVICE,
            List.of("application.chat.in.KnowsItsService"),
            HouseRule.FEATURES_MEET_AT_THEIR_PORTS,
            List.of("application.sessions.KnowsAnotherFeature"),
            HouseRule.GENERATED_TYPES_STAY_WITH_GRPC,
            List.of("http.chat.KnowsTheWire", "bootstrap.KnowsTheWireToo"),
            HouseRule.TIME_IS_HANDED_IN,
            List.of("domain.chat.ReadsTheClock", "application.chat.Sleeps", "application.chat.ReadsTheDay"),
            HouseRule.ONLY_BOOTSTRAP_READS_THE_ENVIRONMENT,
            List.of("http.chat.ReadsTheEnvironment", "domain.chat.ReadsTheEnvironment"));

    @ParameterizedTest
    @EnumSource
    void the_house_keeps(HouseRule rule) {
        assertThat(rule.applyTo(HOUSE, ROOT).getFailureReport().getDetails()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_house_is_noticed_by(HouseRule rule) {
        List<String> details =
                rule.applyTo(BROKEN_HOUSE, BROKEN).getFailureReport().getDetails();

        assertThat(OFFENDERS).containsKey(rule);
        assertThat(OFFENDERS.get(rule))
                .allSatisfy(offender -> assertThat(details)
                        .anySatisfy(detail -> assertThat(detail).contains(BROKEN + "." + offender)));
    }

    @ParameterizedTest
    @EnumSource
    void what_keeps_the_rule_is_not_reported_by(HouseRule rule) {
        List<String> details =
                rule.applyTo(BROKEN_HOUSE, BROKEN).getFailureReport().getDetails();

        assertThat(details).noneMatch(detail -> BLAMED.matcher(detail).find());
    }

    @ParameterizedTest
    @EnumSource
    void a_house_without_rooms_fails(HouseRule rule) {
        assertThatThrownBy(() -> {
                    var report =
                            rule.applyTo(BROKEN_HOUSE, "dev.daveloper.nowhere").getFailureReport();
                    if (!report.isEmpty()) {
                        throw new AssertionError(report.toString());
                    }
                })
                .isInstanceOf(AssertionError.class);
    }
}
