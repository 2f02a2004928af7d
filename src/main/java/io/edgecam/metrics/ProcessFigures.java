package io.edgecam.metrics;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Memory, threads and the like of this process, as Java and the kernel count them. Has no state, for any number of threads. */
final class ProcessFigures {
    private static final Path SIZES = Path.of("/proc/self/status");
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final String RESIDENT = "VmRSS:";

    private ProcessFigures() {}

    static void write(Exposition out) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        out.gauge("edgecam_jvm_heap_bytes", "Heap in use").add(heap.getUsed());
        out.gauge("edgecam_jvm_heap_max_bytes", "What the heap may grow to").add(heap.getMax());
        out.gauge("edgecam_jvm_nonheap_bytes", "Memory that the JVM itself uses beside the heap")
                .add(memory.getNonHeapMemoryUsage().getUsed());
        out.gauge("edgecam_jvm_threads", "Threads that run")
                .add(ManagementFactory.getThreadMXBean().getThreadCount());
        out.counter("edgecam_jvm_gc_seconds_total", "Time that collecting garbage took")
                .add(ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                                .filter(millis -> millis > 0)
                                .sum()
                        / 1e3);
        out.counter("edgecam_process_cpu_seconds_total", "Processor time used")
                .add(ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(used -> (double) used.toNanos() / TimeUnit.SECONDS.toNanos(1))
                        .orElse(Double.NaN));
        out.gauge("edgecam_process_resident_bytes", "Memory that the kernel counts as resident")
                .add(resident());
        out.gauge("edgecam_process_open_files", "Open files and sockets").add(openFiles());
    }

    private static double resident() {
        try (Stream<String> lines = Files.lines(SIZES)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line ->
                            line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .mapToDouble(text -> Double.parseDouble(text) * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }

    private static double openFiles() {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }
}
