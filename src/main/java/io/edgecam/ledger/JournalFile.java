package io.edgecam.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgecam.ledger.Journal.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The steps on disk behind a journal: a line is the CRC-32C of its text in eight hexadecimal digits, a blank, the text, with
 * a line break on both sides, so that a line that was cut off spoils no other. No file stays open, so that the interrupt of
 * one thread closes none for another. For any number of threads that read or force, and one that appends.
 */
final class JournalFile {
    private static final int DIGITS = 8;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private JournalFile() {}

    /** Makes a folder and those above it, each forced into the one above. */
    static void createFolders(Path folder) throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) && above != null) {
            createFolders(above);
            Files.createDirectories(folder);
            withChannel(above, FileChannelUse.FORCE, StandardOpenOption.READ);
        }
    }

    /** An empty file, its name forced to disk; only its owner may read it. */
    static void create(Path file) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)
                    .close();
        } finally {
            interruptAgain(interrupted);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            withChannel(folder, FileChannelUse.FORCE, StandardOpenOption.READ);
        }
    }

    /** The line between two line breaks: what is before it may have been cut off, what follows may become zeros. */
    static byte[] encode(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteBuffer line = ByteBuffer.allocate(bytes.length + DIGITS + 3);
        line.put((byte) '\n').put(sum(bytes, 0, bytes.length).getBytes(US_ASCII));
        return line.put((byte) ' ').put(bytes).put((byte) '\n').array();
    }

    static void append(Path file, byte[] bytes) throws IOException {
        withChannel(
                file,
                channel -> {
                    ByteBuffer left = ByteBuffer.wrap(bytes);
                    while (left.hasRemaining()) {
                        channel.write(left);
                    }
                },
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    static void force(Path file) throws IOException {
        withChannel(file, FileChannelUse.FORCE, StandardOpenOption.WRITE);
    }

    /** The bytes of a file as far as they are lines by now. */
    static byte[] start(Part part) throws IOException {
        try (InputStream in = Files.newInputStream(part.path())) {
            return in.readNBytes((int) part.bytes());
        }
    }

    /**
     * Reads the whole lines of a file, in order.
     *
     * @return how many others there are: cut off or damaged
     */
    static int read(Part part, Consumer<String> lines) throws IOException {
        byte[] bytes = start(part);
        int damaged = 0;
        int begin = 0;
        for (int end = 0; end <= bytes.length; end++) {
            if (end < bytes.length && bytes[end] != '\n') {
                continue;
            }
            if (isWhole(bytes, begin, end)) {
                lines.accept(new String(bytes, begin + DIGITS + 1, end - begin - DIGITS - 1, UTF_8));
            } else if (end > begin) {
                damaged++;
            }
            begin = end + 1;
        }
        return damaged;
    }

    private static boolean isWhole(byte[] bytes, int begin, int end) {
        int text = begin + DIGITS + 1;
        return end > text && sum(bytes, text, end).equals(new String(bytes, begin, DIGITS, US_ASCII));
    }

    private static String sum(byte[] bytes, int begin, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, begin, end - begin);
        String digits = Long.toHexString(crc.getValue());
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** An interrupt closes the channel, and with that the use has failed: it is used once more, and the interrupt kept. */
    private static void withChannel(Path path, FileChannelUse use, StandardOpenOption... options) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            use(path, use, options);
        } catch (ClosedByInterruptException e) {
            interrupted = Thread.interrupted();
            use(path, use, options);
        } finally {
            interruptAgain(interrupted);
        }
    }

    private static void use(Path path, FileChannelUse use, StandardOpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(path, options)) {
            use.with(channel);
        }
    }

    private static void interruptAgain(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface FileChannelUse {
        FileChannelUse FORCE = channel -> channel.force(true);

        void with(FileChannel channel) throws IOException;
    }
}
