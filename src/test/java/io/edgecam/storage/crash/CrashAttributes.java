package io.edgecam.storage.crash;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What a {@link CrashDisk} says of a file: its kind and its size. */
record CrashAttributes(CrashDisk.Node node) implements BasicFileAttributes {
    @Override
    public boolean isRegularFile() {
        return node instanceof CrashDisk.Content;
    }

    @Override
    public boolean isDirectory() {
        return node instanceof CrashDisk.Folder;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return node instanceof CrashDisk.Content file ? file.now.length : 0;
    }

    @Override
    public Object fileKey() {
        return node;
    }

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.fromMillis(0);
    }

    @Override
    public FileTime lastAccessTime() {
        return FileTime.fromMillis(0);
    }

    @Override
    public FileTime creationTime() {
        return FileTime.fromMillis(0);
    }
}
