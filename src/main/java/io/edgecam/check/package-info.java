/** Looks for what is wrong on this device, and says how to mend it; changes nothing. */
@NullMarked
package io.edgecam.check;

import org.jspecify.annotations.NullMarked;
