/**
 * A stand-in for the IoT Edge runtime and the IoT Hub behind it, on one machine and without Docker or a subscription.
 * It speaks the real protocols to unmodified SDKs, keeps to what the edge hub does, and breaks on request. Everything
 * but the entry points of {@link io.edgecam.localedge.LocalEdge} and its friends runs on one event loop, so there are no
 * locks.
 */
@NullMarked
package io.edgecam.localedge;

import org.jspecify.annotations.NullMarked;
