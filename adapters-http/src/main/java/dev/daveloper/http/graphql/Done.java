package dev.daveloper.http.graphql;

/** Something was done that leaves nothing to be told. */
record Done(boolean done) {
    static final Done DONE = new Done(true);
}
