/** The demo: a local edge, a blob service and the module, started together on one machine. */
@NullMarked
package io.edgecam.localedge.demo;

import org.jspecify.annotations.NullMarked;
