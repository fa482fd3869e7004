package dev.daveloper.http.requests;

/** What one request says, complete and valid. */
public record Given<Q, H, B>(Q query, H headers, B body) {}
