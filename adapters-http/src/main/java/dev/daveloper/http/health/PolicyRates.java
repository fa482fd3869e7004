package dev.daveloper.http.health;

/**
 * What a rate limit does, each count for a second.
 *
 * @param shadow what it would have refused if it did more than count
 * @param near what it admitted when four fifths or more were used
 */
record PolicyRates(String policy, double admitted, double refused, double shadow, double near) {}
