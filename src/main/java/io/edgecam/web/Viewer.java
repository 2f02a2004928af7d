package io.edgecam.web;

import java.time.Duration;

/** Someone who looks at one {@link View}. For the I/O thread alone. */
interface Viewer {
    /** A new picture. If it cannot go out at once it waits, and takes the place of one that waited. */
    void offer(Part part);

    /** Comes with every picture, and once a second without; a viewer who must go is closed here. */
    void look(Duration silence);

    /** Ends it from this side. */
    void close();
}
