/** The built-in agent: answers from documents, with a model's help when one is configured. */
@NullMarked
package dev.daveloper.embedded.chat.agent;

import org.jspecify.annotations.NullMarked;
