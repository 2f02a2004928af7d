/** What happened, for telemetry, metrics and the page. */
@NullMarked
package io.edgecam.event;

import org.jspecify.annotations.NullMarked;
