/** Start, wire by hand, apply settings, stop; the command line. */
@NullMarked
package io.edgecam;

import org.jspecify.annotations.NullMarked;
