package dev.daveloper.bootstrap.config;

/**
 * A value that somebody wrote down.
 *
 * @param name as it was written: a key, or the name of a variable
 * @param where for people, such as {@code daveloper.yaml line 3}
 */
record Given(String name, String value, String where) {}
