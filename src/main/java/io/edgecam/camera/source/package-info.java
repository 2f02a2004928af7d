/** The kinds of camera. A source is one blocking thing; its supervisor does the rest. */
@NullMarked
package io.edgecam.camera.source;

import org.jspecify.annotations.NullMarked;
