package io.edgecam.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a reader and its children have found so far. For one thread. */
final class Notes {
    /** Whoever has made more mistakes than this is told to begin with these. */
    private static final int MAX_PROBLEMS = 50;

    private final List<Problem> problems = new ArrayList<>();
    private final Set<Field> fields = new LinkedHashSet<>();
    private int unsaid;

    void add(Problem problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        } else {
            unsaid++;
        }
    }

    void add(Field field) {
        fields.add(field);
    }

    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        if (unsaid > 0) {
            all.add(new Problem("", "and " + unsaid + " more problems"));
        }
        return List.copyOf(all);
    }

    List<Field> fields() {
        return List.copyOf(fields);
    }
}
