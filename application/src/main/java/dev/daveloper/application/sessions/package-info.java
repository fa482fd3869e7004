/** Opens, recognises and ends sessions. */
@NullMarked
package dev.daveloper.application.sessions;

import org.jspecify.annotations.NullMarked;
