package dev.daveloper.http.requests;

/** The request record of a part in which nothing is expected. */
public record Nothing() {}
