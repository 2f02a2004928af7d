/** The one way this module runs and stops a thread. */
@NullMarked
package io.edgecam.thread;

import org.jspecify.annotations.NullMarked;
