package io.edgecam.storage.crash;

import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;

/** Plenty of space; a {@link CrashDisk} says that it is full when asked to write. */
final class CrashSpace extends FileStore {
    private static final long PLENTY = 1L << 40;

    @Override
    public String name() {
        return "crash disk";
    }

    @Override
    public String type() {
        return "crash";
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public long getTotalSpace() {
        return PLENTY;
    }

    @Override
    public long getUsableSpace() {
        return PLENTY;
    }

    @Override
    public long getUnallocatedSpace() {
        return PLENTY;
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return false;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return false;
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override
    public Object getAttribute(String attribute) {
        throw new UnsupportedOperationException();
    }
}
