package io.edgecam.storage.blob;

/** What was tried when something failed; it decides which right is missing. */
enum Act {
    CREATE,
    REPLACE,
    CREATE_CONTAINER
}
