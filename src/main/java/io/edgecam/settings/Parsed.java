package io.edgecam.settings;

import com.google.gson.JsonObject;
import io.edgecam.json.Problem;
import java.util.List;

/** What came out of reading a desired document: settings that can run, or every reason why they cannot. */
public sealed interface Parsed {
    /** @param inForce every setting with its value, by top-level key; secrets as {@code ***} */
    record Valid(Settings settings, JsonObject inForce) implements Parsed {
        /** Paths that are set to something this version does not act on, for the acknowledgement. */
        public List<String> notYet() {
            return NotYet.among(this, Settings.standards());
        }
    }

    /** @param wouldBe as {@code inForce}, with the usual value wherever one could not be used; empty if nothing was read */
    record Invalid(List<Problem> problems, JsonObject wouldBe) implements Parsed {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
