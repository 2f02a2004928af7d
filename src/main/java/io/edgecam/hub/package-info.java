/** The cloud's wishes in; answers, reports and telemetry out. */
@NullMarked
package io.edgecam.hub;

import org.jspecify.annotations.NullMarked;
