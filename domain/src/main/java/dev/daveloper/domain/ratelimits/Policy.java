package dev.daveloper.domain.ratelimits;

import dev.daveloper.domain.failures.InvalidValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be done how often. Its written form is one sentence, see {@link PolicyText}.
 *
 * @param name as clients see it: 1 to 32 of {@code a-z}, {@code 0-9} and hyphens, a letter first
 * @param limit {@link Concurrency} for {@link Unit#CONCURRENT_REQUESTS}, otherwise a {@link Rate}
 * @param keyedBy who shares one quota
 * @param costs what it applies to, one or more, and how much of the quota each call of the kind takes: 1 to the
 *     burst, and 1 where something other than requests is counted. A call that is several of them takes the most
 * @param slice how much of a budget of tokens an answer takes at a time, and so the least that must be left for one to
 *     begin; 1 to the burst, and 1 where it is no such budget
 * @param shadow whether it only counts whom it would refuse
 */
public record Policy(
        String name,
        Unit unit,
        Limit limit,
        KeyedBy keyedBy,
        Map<Target, Long> costs,
        long slice,
        boolean shadow,
        OnFailure onFailure) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public Policy {
        requireName(name);
        if (unit == Unit.CONCURRENT_REQUESTS ^ limit instanceof Concurrency) {
            throw new InvalidValue("limit", limit.toString(), "of the kind that counts " + unit.wireName());
        }
        if (costs.isEmpty()) {
            throw new InvalidValue("targets", "", "one or more");
        }
        costs = Collections.unmodifiableMap(new LinkedHashMap<>(costs));
        long most = unit == Unit.REQUESTS ? limit.most() : 1;
        for (Map.Entry<Target, Long> cost : costs.entrySet()) {
            if (cost.getValue() < 1 || cost.getValue() > most) {
                throw new InvalidValue("cost", Long.toString(cost.getValue()), "from 1 to " + most);
            }
        }
        long mostSlice = unit == Unit.TOKENS ? limit.most() : 1;
        if (slice < 1 || slice > mostSlice) {
            throw new InvalidValue("slice", Long.toString(slice), "from 1 to " + mostSlice);
        }
    }

    /** @throws InvalidValue when it can be no policy's name */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValue("policy", name, "1 to 32 of a-z, 0-9 and hyphens, a letter first");
        }
        return name;
    }

    /** Whether it refuses while it cannot be asked: one in shadow refuses never. */
    public boolean refusesOnFailure() {
        return onFailure == OnFailure.REFUSE && !shadow;
    }

    public Set<Target> targets() {
        return costs.keySet();
    }

    /** How much of the quota a call takes that is all of this; 0 when the policy does not apply to it. */
    public long costOf(Set<Target> call) {
        long most = 0;
        for (Map.Entry<Target, Long> cost : costs.entrySet()) {
            if (call.contains(cost.getKey())) {
                most = Math.max(most, cost.getValue());
            }
        }
        return most;
    }

    /** What flows in during the window, or how many slots there are. */
    public long quota() {
        return switch (limit) {
            case Rate rate -> rate.quota();
            case Concurrency slots -> slots.slots();
        };
    }

    /** The sentence that says all of it. */
    @Override
    public String toString() {
        return PolicyText.write(this);
    }
}
