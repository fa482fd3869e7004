/** What the JDK's flight recorder is told of answers. The room is left empty where the virtual machine has none. */
@NullMarked
package dev.daveloper.bootstrap.jfr;

import org.jspecify.annotations.NullMarked;
