/** What can be configured, where it is read from, and the records that it ends up in. */
@NullMarked
package dev.daveloper.bootstrap.config;

import org.jspecify.annotations.NullMarked;
