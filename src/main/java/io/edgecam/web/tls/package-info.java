/** Encrypts the page: where its certificate comes from, and how a new one takes the place of the old. */
@NullMarked
package io.edgecam.web.tls;

import org.jspecify.annotations.NullMarked;
