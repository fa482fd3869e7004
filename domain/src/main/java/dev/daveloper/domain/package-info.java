/** What every feature's values share: the form of identifiers. */
@NullMarked
package dev.daveloper.domain;

import org.jspecify.annotations.NullMarked;
