/** What the module counts, as text for Prometheus and the IoT Edge metrics collector. */
@NullMarked
package io.edgecam.metrics;

import org.jspecify.annotations.NullMarked;
