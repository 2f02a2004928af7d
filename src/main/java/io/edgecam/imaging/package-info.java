/** Everything that touches pixels: JPEG in, JPEG out. */
@NullMarked
package io.edgecam.imaging;

import org.jspecify.annotations.NullMarked;
