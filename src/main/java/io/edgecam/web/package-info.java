/** The page, stills, live view and health over HTTP. Undertow stays in here. */
@NullMarked
package io.edgecam.web;

import org.jspecify.annotations.NullMarked;
