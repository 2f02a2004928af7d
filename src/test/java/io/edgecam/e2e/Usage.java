package io.edgecam.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process uses, by the kernel's own account. Has no state. */
final class Usage {
    private static final double TICKS_A_SECOND = 100;

    private Usage() {}

    /** Megabytes that are resident. */
    static long megabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    /** Seconds of processor time since its start. */
    static double processorSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
}
