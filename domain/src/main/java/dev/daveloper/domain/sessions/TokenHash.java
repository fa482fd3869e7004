package dev.daveloper.domain.sessions;

/** The SHA-256 of a {@link SessionToken}, in lower-case hexadecimal. */
public record TokenHash(String hex) {
    @Override
    public String toString() {
        return "***";
    }
}
