/** What an operator can choose: immutable records, read once from the twin, complete and checked. */
@NullMarked
package io.edgecam.settings;

import org.jspecify.annotations.NullMarked;
