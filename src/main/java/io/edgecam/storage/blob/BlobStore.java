package io.edgecam.storage.blob;

/** Azure Blob Storage. */
final class BlobStore {
    private BlobStore() {}
}
