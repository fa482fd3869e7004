/** The form in which endpoints of webhooks, what is delivered to them, and the attempts are stored. */
@NullMarked
package dev.daveloper.stored.webhooks;

import org.jspecify.annotations.NullMarked;
