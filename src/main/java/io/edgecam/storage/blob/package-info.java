/** Azure Blob Storage, in the cloud or on the edge. */
@NullMarked
package io.edgecam.storage.blob;

import org.jspecify.annotations.NullMarked;
