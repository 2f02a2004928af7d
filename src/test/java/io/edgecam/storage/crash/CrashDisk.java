package io.edgecam.storage.crash;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A disk in memory with two states: what a program sees, and what would be there after a loss of power. Content becomes
 * durable when its file is forced, names when their folder is. What was not forced may survive as a whole, in part, as
 * zeros or not at all, names in any combination: that is more than any one file system does, and no less than they may
 * do together. Programs reach it through {@link #path}, by way of java.nio.file. For any number of threads.
 */
public final class CrashDisk {
    private static final int BLOCK = 512;

    /** A step of a program on the disk. */
    public enum Step {
        MAKE_FOLDER,
        CREATE,
        WRITE,
        FORCE,
        RENAME,
        FORCE_FOLDER,
        DELETE,
        READ;

        boolean changes() {
            return this != READ;
        }
    }

    /** What a careless program leaves out; here the disk does not do it, which comes to the same. */
    public enum Careless {
        NO_FORCE,
        NO_FOLDER_FORCE,
        /** Writes under the final name from the start. */
        NO_RENAME
    }

    /** Makes steps fail. */
    public interface Fault {
        /** @return why this step fails; empty = it does not */
        Optional<String> reason(Step step, Path path);
    }

    private final Set<Careless> careless;
    private final Folder root;
    private final CrashFileSystem fileSystem = new CrashFileSystem(this);
    private long stepsLeft = Long.MAX_VALUE;
    private long steps;
    private Fault fault = (step, path) -> Optional.empty();

    public CrashDisk(Careless... careless) {
        this(new Folder(), List.of(careless));
    }

    private CrashDisk(Folder root, Iterable<Careless> careless) {
        this.root = root;
        this.careless = EnumSet.noneOf(Careless.class);
        careless.forEach(this.careless::add);
    }

    /** A path on this disk: {@code /spool}. */
    public Path path(String absolute) {
        return fileSystem.getPath(absolute);
    }

    /** The power goes after so many further steps that change something; all after that fail and change nothing. */
    public synchronized void cutAfter(long stepsThatWork) {
        stepsLeft = stepsThatWork;
    }

    public synchronized boolean isOff() {
        return stepsLeft <= 0;
    }

    /** How many steps that change something were made. */
    public synchronized long steps() {
        return steps;
    }

    /** How many files there are now, in all folders: what they need of inodes. */
    public synchronized long files() {
        return root.files();
    }

    public synchronized void fault(Fault wanted) {
        fault = wanted;
    }

    /** The disk as it may be found when the power is back. */
    public synchronized CrashDisk afterPowerLoss(Random random) {
        return new CrashDisk(root.afterPowerLoss(random, new IdentityHashMap<>()), careless);
    }

    synchronized void makeFolder(Path path) throws IOException {
        step(Step.MAKE_FOLDER, path);
        Folder parent = parentOf(path);
        if (parent.now.containsKey(nameOf(path))) {
            throw new FileAlreadyExistsException(path.toString());
        }
        parent.change(Map.of(nameOf(path), Optional.of(new Folder())));
    }

    synchronized Content create(Path asked, boolean mayExist) throws IOException {
        Path path = meant(asked);
        step(Step.CREATE, path);
        Folder parent = parentOf(path);
        Node there = parent.now.get(nameOf(path));
        if (there instanceof Content file && mayExist) {
            return file;
        }
        if (there != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
        Content made = new Content();
        parent.change(Map.of(nameOf(path), Optional.of(made)));
        return made;
    }

    synchronized void write(Path path, Content file, byte[] bytes) throws IOException {
        step(Step.WRITE, path);
        int length = file.now.length;
        file.now = Arrays.copyOf(file.now, length + bytes.length);
        System.arraycopy(bytes, 0, file.now, length, bytes.length);
    }

    synchronized void truncate(Path path, Content file) throws IOException {
        step(Step.WRITE, path);
        file.now = new byte[0];
    }

    synchronized void force(Path path, Node node) throws IOException {
        step(node instanceof Folder ? Step.FORCE_FOLDER : Step.FORCE, path);
        if (node instanceof Folder folder && !careless.contains(Careless.NO_FOLDER_FORCE)) {
            folder.pending.clear();
            folder.durable.clear();
            folder.durable.putAll(folder.now);
        }
        if (node instanceof Content file && !careless.contains(Careless.NO_FORCE)) {
            file.durable = file.now;
        }
    }

    synchronized void rename(Path from, Path to) throws IOException {
        step(Step.RENAME, from);
        if (meant(from).equals(to)) {
            return;
        }
        Folder source = parentOf(from);
        Folder target = parentOf(to);
        Node moved = node(from);
        if (source == target) {
            source.change(Map.of(nameOf(from), Optional.empty(), nameOf(to), Optional.of(moved)));
        } else {
            target.change(Map.of(nameOf(to), Optional.of(moved)));
            source.change(Map.of(nameOf(from), Optional.empty()));
        }
    }

    synchronized void delete(Path asked) throws IOException {
        Path path = meant(asked);
        Node gone = node(path);
        step(Step.DELETE, path);
        if (gone instanceof Folder folder && !folder.now.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        parentOf(path).change(Map.of(nameOf(path), Optional.empty()));
    }

    synchronized byte[] read(Path path, Content file) throws IOException {
        step(Step.READ, path);
        return file.now;
    }

    synchronized List<String> names(Path path) throws IOException {
        step(Step.READ, path);
        if (node(path) instanceof Folder folder) {
            return new ArrayList<>(folder.now.keySet());
        }
        throw new NotDirectoryException(path.toString());
    }

    /** What has this name now. */
    synchronized Node node(Path path) throws NoSuchFileException {
        Node node = root;
        for (Path part : path) {
            Node next = node instanceof Folder folder ? folder.now.get(part.toString()) : null;
            if (next == null) {
                throw new NoSuchFileException(path.toString());
            }
            node = next;
        }
        return node;
    }

    private void step(Step step, Path path) throws IOException {
        if (isOff()) {
            throw new IOException("the power is off");
        }
        if (step.changes()) {
            steps++;
            stepsLeft--;
            if (isOff()) {
                throw new IOException("the power goes");
            }
        }
        Optional<String> reason = fault.reason(step, path);
        if (reason.isPresent()) {
            throw new FileSystemException(path.toString(), null, reason.get());
        }
    }

    private Path meant(Path path) {
        String text = path.toString();
        boolean direct = careless.contains(Careless.NO_RENAME) && text.endsWith(".tmp");
        return direct ? path(text.substring(0, text.length() - ".tmp".length())) : path;
    }

    private Folder parentOf(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null && node(parent) instanceof Folder folder) {
            return folder;
        }
        throw new NoSuchFileException(path.toString());
    }

    private static String nameOf(Path path) {
        return path.getName(path.getNameCount() - 1).toString();
    }

    /** A file or a folder. */
    abstract static class Node {
        abstract Node afterPowerLoss(Random random, Map<Node, Node> known);
    }

    static final class Content extends Node {
        byte[] now = new byte[0];
        byte[] durable = new byte[0];

        @Override
        Content afterPowerLoss(Random random, Map<Node, Node> known) {
            Content found = new Content();
            found.now = found(random);
            found.durable = found.now;
            return found;
        }

        private byte[] found(Random random) {
            if (durable == now || random.nextInt(4) == 0) {
                return durable;
            }
            int length =
                    Math.min(durable.length, now.length) + random.nextInt(Math.abs(now.length - durable.length) + 1);
            byte[] mixed = Arrays.copyOf(durable, length);
            for (int start = 0; start < length; start += BLOCK) {
                int end = Math.min(Math.min(start + BLOCK, length), now.length);
                if (random.nextInt(4) > 0 && end > start) {
                    System.arraycopy(now, start, mixed, start, end - start);
                }
            }
            return mixed;
        }
    }

    static final class Folder extends Node {
        final Map<String, Node> now = new TreeMap<>();
        final Map<String, Node> durable = new TreeMap<>();
        final List<Map<String, Optional<Node>>> pending = new ArrayList<>();

        long files() {
            return now.values().stream()
                    .mapToLong(node -> node instanceof Folder folder ? folder.files() : 1)
                    .sum();
        }

        /** Names that change together; an empty one goes. */
        void change(Map<String, Optional<Node>> change) {
            apply(change, now);
            pending.add(change);
        }

        @Override
        Folder afterPowerLoss(Random random, Map<Node, Node> known) {
            Map<String, Node> names = new TreeMap<>(durable);
            boolean inOrder = random.nextBoolean();
            int first = inOrder ? random.nextInt(pending.size() + 1) : pending.size();
            for (int i = 0; i < first; i++) {
                if (inOrder || random.nextBoolean()) {
                    apply(pending.get(i), names);
                }
            }
            Folder found = new Folder();
            for (Map.Entry<String, Node> entry : names.entrySet()) {
                Node before = entry.getValue();
                Node after = known.get(before);
                if (after == null) {
                    after = before.afterPowerLoss(random, known);
                    known.put(before, after);
                }
                found.now.put(entry.getKey(), after);
            }
            found.durable.putAll(found.now);
            return found;
        }

        private static void apply(Map<String, Optional<Node>> change, Map<String, Node> names) {
            change.forEach((name, node) -> {
                if (node.isPresent()) {
                    names.put(name, node.get());
                } else {
                    names.remove(name);
                }
            });
        }
    }
}
