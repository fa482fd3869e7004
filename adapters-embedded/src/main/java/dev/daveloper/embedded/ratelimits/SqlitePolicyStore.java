package dev.daveloper.embedded.ratelimits;

import dev.daveloper.application.ratelimits.out.PolicyStore;
import dev.daveloper.embedded.Sqlite;
import java.util.Map;
import java.util.stream.Collectors;

/** Changed policies in SQLite. */
public final class SqlitePolicyStore implements PolicyStore {
    private final Sqlite sqlite;

    public SqlitePolicyStore(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    @Override
    public Map<String, String> changes() {
        return sqlite
                .read(connection -> connection.list(
                        "SELECT policy, sentence FROM policy_changes",
                        row -> Map.entry(row.getString(1), row.getString(2))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public boolean put(String policy, String sentence) {
        return sqlite.write(connection -> connection.update(
                        "INSERT INTO policy_changes (policy, sentence) SELECT ?1, ?2"
                                + " WHERE (SELECT count(*) FROM policy_changes WHERE policy <> ?1) < ?3"
                                + " ON CONFLICT (policy) DO UPDATE SET sentence = ?2",
                        policy,
                        sentence,
                        MAX_CHANGES)
                == 1);
    }

    @Override
    public void remove(String policy) {
        sqlite.write(connection -> connection.update("DELETE FROM policy_changes WHERE policy = ?", policy));
    }
}
