/** Take a picture and keep it: the one use case, behind every door. */
@NullMarked
package io.edgecam.taking;

import org.jspecify.annotations.NullMarked;
