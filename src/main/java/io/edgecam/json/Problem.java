package io.edgecam.json;

/** One value that cannot be used, named the way its author wrote it: {@code cameras.front.width}. */
public record Problem(String path, String problem) {
    @Override
    public String toString() {
        return path.isEmpty() ? problem : path + ": " + problem;
    }
}
