package io.edgecam.json;

/** One value that cannot be used, named the way its author wrote it: {@code cameras.front.width}. */
public record Problem(String path, String problem) {
    /** Longer paths have a stranger's names in them, and are cut. */
    private static final int MAX_PATH = 200;

    public Problem {
        path = Exact.shortened(path, MAX_PATH);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? problem : path + ": " + problem;
    }
}
