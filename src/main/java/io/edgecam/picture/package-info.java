/** What a picture is, from the frame a camera gives to the record of what became of it. */
@NullMarked
package io.edgecam.picture;

import org.jspecify.annotations.NullMarked;
