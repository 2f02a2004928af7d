package io.edgecam.storage.crash;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A name on a {@link CrashDisk}; a name of the real file system, never looked up there, does the work. Immutable. */
final class CrashPath implements Path {
    private final CrashFileSystem fileSystem;
    private final Path name;

    CrashPath(CrashFileSystem fileSystem, Path name) {
        this.fileSystem = fileSystem;
        this.name = name;
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return name.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrap(name.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrap(name.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrap(name.getParent());
    }

    @Override
    public int getNameCount() {
        return name.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return new CrashPath(fileSystem, name.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return new CrashPath(fileSystem, name.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return name.startsWith(plain(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return name.endsWith(plain(other));
    }

    @Override
    public Path normalize() {
        return new CrashPath(fileSystem, name.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return new CrashPath(fileSystem, name.resolve(plain(other)));
    }

    @Override
    public Path relativize(Path other) {
        return new CrashPath(fileSystem, name.relativize(plain(other)));
    }

    @Override
    public URI toUri() {
        return URI.create("crash:" + name);
    }

    @Override
    public Path toAbsolutePath() {
        return isAbsolute() ? this : new CrashPath(fileSystem, Path.of("/").resolve(name));
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException(CrashFileSystem.NEVER);
    }

    @Override
    public int compareTo(Path other) {
        return name.compareTo(plain(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CrashPath path && path.fileSystem == fileSystem && path.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name.toString();
    }

    private @Nullable Path wrap(@Nullable Path part) {
        return part == null ? null : new CrashPath(fileSystem, part);
    }

    private static Path plain(Path path) {
        return path instanceof CrashPath crash ? crash.name : path;
    }
}
