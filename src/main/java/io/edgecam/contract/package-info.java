/** The JSON of docs/methods.md and docs/telemetry.md: orders in, answers, events and status out, one wording for every door. */
@NullMarked
package io.edgecam.contract;

import org.jspecify.annotations.NullMarked;
