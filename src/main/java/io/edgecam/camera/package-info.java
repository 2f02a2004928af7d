/** Keeps cameras running under supervision and hands out their frames. */
@NullMarked
package io.edgecam.camera;

import org.jspecify.annotations.NullMarked;
