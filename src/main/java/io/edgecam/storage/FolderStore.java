package io.edgecam.storage;

import io.edgecam.picture.Jpeg;
import io.edgecam.picture.Picture;
import io.edgecam.storage.StoreException.Remedy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** A store without a cloud: plain files in a folder, one a picture. For one thread at a time. */
public final class FolderStore implements PictureStore {
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path folder;

    public FolderStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Location locate(String blobName) {
        try {
            return new Location(
                    folder.toString(), folder.resolve(blobName).toUri().toString());
        } catch (InvalidPathException e) {
            return new Location(folder.toString(), "");
        }
    }

    @Override
    public void put(Picture picture, Jpeg image, boolean again) throws StoreException {
        Path target = inside(picture.blobName());
        try {
            if (Files.exists(target)) {
                check(target, image);
            } else {
                write(target, image.buffer());
            }
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    @Override
    public void replace(String blobName, Picture picture, Jpeg image) throws StoreException {
        Path target = inside(blobName);
        try {
            write(target, image.buffer());
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    @Override
    public String probe() throws StoreException {
        Path probe = folder.resolve("edgecam-probe.txt");
        try {
            write(probe, ByteBuffer.wrap("probe".getBytes(StandardCharsets.US_ASCII)));
            Files.readString(probe);
            Files.delete(probe);
            long free = Files.getFileStore(folder).getUsableSpace();
            return "Folder " + folder + ": writing, reading and deleting work; " + free / (1024 * 1024)
                    + " MB are free";
        } catch (IOException e) {
            throw failure(probe, e);
        }
    }

    @Override
    public void close() {}

    /** The file of this name; no name leads out of the folder. */
    private Path inside(String blobName) throws StoreException {
        try {
            Path target = folder.resolve(blobName).normalize();
            if (target.startsWith(folder) && !target.equals(folder)) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw badName(blobName, "has a character that no file name may have");
        }
        throw badName(blobName, "leads out of the folder " + folder);
    }

    private void write(Path target, ByteBuffer content) throws IOException, StoreException {
        Path parent = target.getParent() == null ? folder : target.getParent();
        DurableFile.createFolders(parent);
        if (!parent.toRealPath().startsWith(folder.toRealPath())) {
            throw badName(folder.relativize(target).toString(), "leads out of the folder through a link");
        }
        DurableFile.write(target, READABLE, content);
    }

    /** The same picture again is no error: its first upload may have been interrupted after it was written. */
    private static void check(Path target, Jpeg image) throws IOException, StoreException {
        if (Files.size(target) != image.length() || !Arrays.equals(Files.readAllBytes(target), image.toBytes())) {
            throw new StoreException(
                    Remedy.NONE,
                    "NameTaken",
                    "There is another file " + target + " already: give each picture its own name"
                            + " (cameras.*.name, for instance with {sequence} or %L)");
        }
    }

    private static StoreException badName(String name, String why) {
        return new StoreException(
                Remedy.NONE, "NameRefused", "The name " + name + " " + why + ": change cameras.*.name");
    }

    private static StoreException failure(Path target, IOException e) {
        String reason = e instanceof FileSystemException problem && problem.getReason() != null
                ? problem.getReason()
                : e.getClass().getSimpleName();
        if (reason.contains("name too long")) {
            return badName(target.toString(), "is too long for this disk");
        }
        String sentence = "The file " + target + " cannot be written: " + reason;
        if (e instanceof AccessDeniedException || reason.contains("ermission denied")) {
            return new StoreException(
                    Remedy.OPERATOR,
                    "AccessDenied",
                    sentence + ". Let user " + System.getProperty("user.name")
                            + " write to storage.folder, or choose another");
        }
        if (reason.contains("No space left") || reason.contains("quota") || reason.contains("Read-only")) {
            return new StoreException(
                    Remedy.OPERATOR, "FolderFull", sentence + ". Make room in storage.folder, or choose another");
        }
        return new StoreException(Remedy.RETRY, "FolderFailed", sentence + "; it is tried again");
    }
}
