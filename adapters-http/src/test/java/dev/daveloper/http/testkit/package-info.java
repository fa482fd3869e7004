/** Compares traffic with the API's documents, for the tests of this module and of others. */
package dev.daveloper.http.testkit;
