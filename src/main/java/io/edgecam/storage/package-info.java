/** Keeps pictures safe until they are where they belong. */
@NullMarked
package io.edgecam.storage;

import org.jspecify.annotations.NullMarked;
