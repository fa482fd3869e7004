/** The core: builds every service from a set of ports. */
@NullMarked
package dev.daveloper.application;

import org.jspecify.annotations.NullMarked;
