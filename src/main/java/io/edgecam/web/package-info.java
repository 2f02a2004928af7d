/** The page, stills, live view and health over HTTP. */
@NullMarked
package io.edgecam.web;

import org.jspecify.annotations.NullMarked;
