package dev.daveloper.bootstrap.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** A service may be rewritten without asking any other feature: what others see of it are its ports. */
final class MeetOtherFeaturesAtTheirPorts extends ArchCondition<JavaClass> {
    private final String application;

    MeetOtherFeaturesAtTheirPorts(String root) {
        super("meet other features at their ports");
        this.application = root + ".application.";
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String feature = path(type).getFirst();
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass();
            if (target.getPackageName().startsWith(application) && !isOpenTo(feature, path(target))) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }

    private static boolean isOpenTo(String feature, List<String> path) {
        return path.getFirst().equals(feature)
                || (path.size() > 1 && (path.get(1).equals("in") || path.get(1).equals("out")));
    }

    /** The feature, and the folders within it. */
    private List<String> path(JavaClass type) {
        return List.of(type.getPackageName().substring(application.length()).split("\\.", -1));
    }
}
