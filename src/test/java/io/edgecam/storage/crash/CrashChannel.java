package io.edgecam.storage.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file, or folder, of a {@link CrashDisk}: reads from the start, appends, forces. For one thread. */
final class CrashChannel extends FileChannel {
    private final CrashDisk disk;
    private final Path path;
    private final CrashDisk.Node node;
    private int position;

    CrashChannel(CrashDisk disk, Path path, CrashDisk.Node node) {
        this.disk = disk;
        this.path = path;
        this.node = node;
    }

    void empty() throws IOException {
        disk.truncate(path, file());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        byte[] bytes = disk.read(path, file());
        int length = Math.min(target.remaining(), bytes.length - position);
        if (length <= 0) {
            return -1;
        }
        target.put(bytes, position, length);
        position += length;
        return length;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        disk.write(path, file(), bytes);
        return bytes.length;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.force(path, node);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long size() throws IOException {
        return file().now.length;
    }

    /** One program at a time; what a real lock does is tested with real files. */
    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        return new FileLock(this, from, size, shared) {
            @Override
            public boolean isValid() {
                return true;
            }

            @Override
            public void release() {}
        };
    }

    @Override
    protected void implCloseChannel() {}

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public int read(ByteBuffer target, long from) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public int write(ByteBuffer source, long from) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long from, long count) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        return tryLock(from, size, shared);
    }

    private CrashDisk.Content file() throws IOException {
        if (node instanceof CrashDisk.Content file) {
            return file;
        }
        throw new IOException("Is a directory");
    }
}
