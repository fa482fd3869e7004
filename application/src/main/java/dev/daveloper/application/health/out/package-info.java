/** What health needs: somebody to ask. */
@NullMarked
package dev.daveloper.application.health.out;

import org.jspecify.annotations.NullMarked;
