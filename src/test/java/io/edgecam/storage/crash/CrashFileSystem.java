package io.edgecam.storage.crash;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** What java.nio.file asks of a file system, as far as a {@link CrashDisk} needs it. For any number of threads. */
final class CrashFileSystem extends FileSystem {
    static final String NEVER = "what the model judges never does this; if it does, model it first";

    private final CrashProvider provider;

    CrashFileSystem(CrashDisk disk) {
        this.provider = new CrashProvider(disk);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        return new CrashPath(this, Path.of(first, more));
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic", "posix");
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw new UnsupportedOperationException(NEVER);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException(NEVER);
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException(NEVER);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException(NEVER);
    }
}
