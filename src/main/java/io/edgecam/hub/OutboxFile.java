package io.edgecam.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Some messages in a file, a line each: CRC-32C of the message in eight hexadecimal digits, a blank, the message. What was
 * added survives a loss of power; a line that was cut off or damaged is left out when the file is read. For one thread.
 */
final class OutboxFile implements AutoCloseable {
    private static final int DIGITS = 8;

    private final FileChannel file;

    private OutboxFile(FileChannel file) {
        this.file = file;
    }

    /** A new file, its name forced to disk; only its owner may read it. */
    static OutboxFile create(Path path) throws IOException {
        FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new OutboxFile(file);
    }

    void add(String message) throws IOException {
        ByteBuffer line = UTF_8.encode(sum(message) + " " + message + "\n");
        while (line.hasRemaining()) {
            file.write(line);
        }
        file.force(true);
    }

    long size() throws IOException {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The whole lines of a file, in order. */
    static List<String> read(Path path) throws IOException {
        List<String> messages = new ArrayList<>();
        new String(Files.readAllBytes(path), UTF_8).lines().forEach(line -> {
            if (line.length() > DIGITS) {
                String message = line.substring(DIGITS + 1);
                if (line.startsWith(sum(message))) {
                    messages.add(message);
                }
            }
        });
        return messages;
    }

    private static String sum(String message) {
        CRC32C crc = new CRC32C();
        crc.update(message.getBytes(UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
