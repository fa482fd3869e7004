package dev.daveloper.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Set;
import java.util.function.Function;

/** What may know what. Each rule is stated for the house at a root package: the real one, or one built to break it. */
enum HouseRule {
    LAYERS_LOOK_INWARD(HouseRule::layers),
    THE_DOMAIN_STANDS_ON_JAVA_ALONE(root -> onJavaAnd(root, "domain")),
    THE_APPLICATION_STANDS_ON_THE_DOMAIN(root -> onJavaAnd(root, "application", "domain")),
    ADAPTERS_ENTER_THE_CORE_BY_ITS_PORTS(HouseRule::ports),
    PORTS_KNOW_NO_SERVICE(HouseRule::portsAlone),
    FEATURES_MEET_AT_THEIR_PORTS(root -> classes()
            .that()
            .resideInAPackage(root + ".application.*..")
            .should(new MeetOtherFeaturesAtTheirPorts(root))),
    GENERATED_TYPES_STAY_WITH_GRPC(HouseRule::generated),
    TIME_IS_HANDED_IN(root -> core(root, callMethod("ask the system for the time or wait", HouseRule::asksForTime))),
    ONLY_BOOTSTRAP_READS_THE_ENVIRONMENT(HouseRule::environment);

    private static final String[] ADAPTERS = {"grpc", "redis", "embedded", "http"};

    /** Of java.base: java.net.http or java.util.logging share a prefix with it and live in modules of their own. */
    private static final String[] JAVA = {
        "java.io..",
        "java.lang..",
        "java.math..",
        "java.net",
        "java.nio..",
        "java.security..",
        "java.text..",
        "java.time..",
        "java.util",
        "java.util.concurrent..",
        "java.util.function..",
        "java.util.random..",
        "java.util.regex..",
        "java.util.stream..",
        "java.util.zip..",
        "javax.crypto..",
        "org.jspecify.."
    };

    private static final Set<String> WALL_CLOCK = Set.of("now", "systemUTC", "systemDefaultZone", "system", "tick");

    @SuppressWarnings("ImmutableEnumChecker") // References to the static methods below, which hold nothing.
    private final Function<String, ArchRule> statement;

    HouseRule(Function<String, ArchRule> statement) {
        this.statement = statement;
    }

    EvaluationResult applyTo(JavaClasses house, String root) {
        return statement.apply(root).evaluate(house);
    }

    private static ArchRule layers(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(root + "..")
                .layer("domain")
                .definedBy(root + ".domain..")
                .layer("application")
                .definedBy(root + ".application..")
                .layer("proto")
                .definedBy(root + ".proto..")
                .optionalLayer("stored")
                .definedBy(root + ".stored..")
                .layer("grpc")
                .definedBy(root + ".grpc..")
                .optionalLayer("redis")
                .definedBy(root + ".redis..")
                .layer("embedded")
                .definedBy(root + ".embedded..")
                .layer("http")
                .definedBy(root + ".http..")
                .layer("bootstrap")
                .definedBy(root + ".bootstrap..")
                .whereLayer("domain")
                .mayNotAccessAnyLayer()
                .whereLayer("application")
                .mayOnlyAccessLayers("domain")
                .whereLayer("proto")
                .mayNotAccessAnyLayer()
                .whereLayer("stored")
                .mayOnlyAccessLayers("domain")
                .whereLayer("grpc")
                .mayOnlyAccessLayers("domain", "application", "proto")
                .whereLayer("redis")
                .mayOnlyAccessLayers("domain", "application", "stored")
                .whereLayer("embedded")
                .mayOnlyAccessLayers("domain", "application", "stored")
                .whereLayer("http")
                .mayOnlyAccessLayers("domain", "application")
                .whereLayer("bootstrap")
                .mayNotBeAccessedByAnyLayer();
    }

    private static ArchRule onJavaAnd(String root, String layer, String... inner) {
        DescribedPredicate<JavaClass> allowed =
                resideInAnyPackage(JAVA).or(resideInAPackage(root + "." + layer + ".."));
        for (String name : inner) {
            allowed = allowed.or(resideInAPackage(root + "." + name + ".."));
        }
        // An array or a primitive has no package of its own.
        allowed = allowed.or(DescribedPredicate.describe(
                "have no package", type -> type.getBaseComponentType().isPrimitive()));
        return classes().that().resideInAPackage(root + "." + layer + "..").should(onlyDependOnClassesThat(allowed));
    }

    private static ArchRule ports(String root) {
        DescribedPredicate<JavaClass> inside = resideInAPackage(root + ".application..")
                .and(not(resideInAnyPackage(root + ".application.*.in..", root + ".application.*.out..")));
        return noClasses()
                .that()
                .resideInAnyPackage(under(root, ADAPTERS))
                .should()
                .dependOnClassesThat(inside);
    }

    private static ArchRule portsAlone(String root) {
        String[] ports = {root + ".application.*.in..", root + ".application.*.out.."};
        DescribedPredicate<JavaClass> services =
                resideInAPackage(root + ".application..").and(not(resideInAnyPackage(ports)));
        return noClasses().that().resideInAnyPackage(ports).should().dependOnClassesThat(services);
    }

    private static ArchRule generated(String root) {
        return noClasses()
                .that(resideInAPackage(root + "..").and(not(resideInAnyPackage(under(root, "grpc", "proto")))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".proto..");
    }

    private static ArchRule environment(String root) {
        return noClasses()
                .that(resideInAnyPackage(
                        under(root, "domain", "application", "stored", "grpc", "redis", "embedded", "http")))
                .should(callMethodWhere(callMethod(
                        "read the environment",
                        (owner, name) -> owner.isEquivalentTo(System.class) && name.equals("getenv"))));
    }

    private static ArchRule core(String root, DescribedPredicate<JavaMethodCall> forbidden) {
        return noClasses()
                .that()
                .resideInAnyPackage(under(root, "domain", "application"))
                .should(callMethodWhere(forbidden));
    }

    private static boolean asksForTime(JavaClass owner, String name) {
        return switch (owner.getName()) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.lang.Thread" -> name.equals("sleep");
            default -> owner.getPackageName().equals("java.time") && WALL_CLOCK.contains(name);
        };
    }

    private interface Method {
        boolean is(JavaClass owner, String name);
    }

    private static DescribedPredicate<JavaMethodCall> callMethod(String description, Method method) {
        return DescribedPredicate.describe(
                description,
                call -> method.is(call.getTargetOwner(), call.getTarget().getName()));
    }

    private static String[] under(String root, String... layers) {
        String[] packages = new String[layers.length];
        for (int i = 0; i < layers.length; i++) {
            packages[i] = root + "." + layers[i] + "..";
        }
        return packages;
    }
}
