/** What every feature's values share: the form of identifiers, and of pages of a list. */
@NullMarked
package dev.daveloper.domain;

import org.jspecify.annotations.NullMarked;
