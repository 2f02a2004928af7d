package io.edgecam.storage;

import io.edgecam.storage.SpoolFile.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an earlier run has left in a spool. Only heads are read, so that a full spool does not hold up the start.
 *
 * @param highest sequence that was given out, as far as files tell; 0 if none does
 * @param damaged why a file cannot be used, by its name
 */
record SpoolLeftovers(List<Waiting> pictures, long highest, Map<String, String> damaged) {
    private static final Pattern NAME = Pattern.compile("(0\\d{18})\\" + Spool.PICTURE + "(\\.txt)?");

    static SpoolLeftovers read(Spool spool, SpoolFiles files) throws IOException {
        List<Waiting> pictures = new ArrayList<>();
        Map<String, String> damaged = new TreeMap<>();
        long highest = 0;
        for (String bad : files.badNames()) {
            highest = Math.max(highest, sequenceOf(bad).orElse(0));
        }
        for (String name : files.names(Spool.PICTURE)) {
            OptionalLong sequence = sequenceOf(name);
            if (sequence.isEmpty()) {
                continue;
            }
            highest = Math.max(highest, sequence.getAsLong());
            try {
                pictures.add(picture(spool, files, name, sequence.getAsLong()));
            } catch (DamagedException | IOException e) {
                damaged.put(name, String.valueOf(e.getMessage()));
            }
        }
        return new SpoolLeftovers(pictures, highest, damaged);
    }

    private static Waiting picture(Spool spool, SpoolFiles files, String name, long sequence)
            throws IOException, DamagedException {
        long size = files.size(name);
        SpoolFile file = SpoolFile.read(files.readStart(name, (int) Math.min(size, SpoolFile.HEAD_LIMIT)), size);
        return new Waiting(spool, sequence, file.picture(), file.latest(), OptionalLong.empty(), size, true);
    }

    private static OptionalLong sequenceOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
