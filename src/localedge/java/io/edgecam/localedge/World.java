package io.edgecam.localedge;

import java.time.Clock;

/** What every part needs of the others; handed to each at its making. */
record World(
        EdgeSettings settings,
        Loop loop,
        Clock clock,
        Journal journal,
        FaultPlan faults,
        Keys keys,
        Certificates certificates) {}
