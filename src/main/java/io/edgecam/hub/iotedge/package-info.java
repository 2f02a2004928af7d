/** Speaks to the IoT Edge runtime or straight to IoT Hub. */
@NullMarked
package io.edgecam.hub.iotedge;

import org.jspecify.annotations.NullMarked;
