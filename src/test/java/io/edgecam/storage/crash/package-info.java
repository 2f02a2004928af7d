/** A disk in memory that loses what was not forced to it, as a real one does when the power goes. */
@NullMarked
package io.edgecam.storage.crash;

import org.jspecify.annotations.NullMarked;
