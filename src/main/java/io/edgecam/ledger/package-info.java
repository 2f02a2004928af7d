/** The book of pictures that were wanted, and of what became of each. */
@NullMarked
package io.edgecam.ledger;

import org.jspecify.annotations.NullMarked;
