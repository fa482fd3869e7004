package dev.daveloper.domain.failures;

/** A failure as a value: what a run that failed says of why. The detail is written for the person who asked. */
public record Failure(FailureCode code, String detail) {}
