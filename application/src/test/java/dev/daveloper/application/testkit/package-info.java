/**
 * What every module's tests share: a clock, a scripted agent, stores in memory, and the contract of each driven port.
 */
@NullMarked
package dev.daveloper.application.testkit;

import org.jspecify.annotations.NullMarked;
