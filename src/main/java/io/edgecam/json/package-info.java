/** Reads JSON strictly and names every mistake by its path; the way settings and orders come in. */
@NullMarked
package io.edgecam.json;

import org.jspecify.annotations.NullMarked;
