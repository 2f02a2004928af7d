package io.edgecam.localedge;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The local edge as a program: starts, prints what an IDE and a service client need, and runs until Ctrl-C. */
@Command(
        name = "local-edge",
        mixinStandardHelpOptions = true,
        description = "The IoT Edge runtime and IoT Hub on this machine, for modules under a debugger.")
public final class Main implements Callable<Integer> {
    @Option(names = "--device", defaultValue = "edge-device", description = "device id (${DEFAULT-VALUE})")
    private String device = "";

    @Option(names = "--modules", split = ",", defaultValue = "CameraModule", description = "module ids, with commas")
    private List<String> modules = List.of();

    @Option(names = "--port", defaultValue = "8883", description = "MQTT over TLS (${DEFAULT-VALUE}; 0: any free)")
    private int edgeHubPort;

    @Option(
            names = "--service-port",
            defaultValue = "0",
            description = "IoT Hub's REST (any free; 443 for npm as it is)")
    private int servicePort;

    @Option(names = "--workload-port", defaultValue = "0", description = "workload API over http (any free)")
    private int workloadPort;

    @Option(
            names = "--folder",
            defaultValue = ".local-edge",
            description = "CA, keys and twins, kept for the next start (${DEFAULT-VALUE})")
    private Path folder = Path.of("");

    @Option(names = "--bind", defaultValue = "127.0.0.1", description = "address to listen on (${DEFAULT-VALUE})")
    private String bindAddress = "";

    @Option(
            names = "--host",
            defaultValue = "localhost",
            description = "this machine's name for modules (${DEFAULT-VALUE})")
    private String host = "";

    @Option(names = "--route", description = "a route of the deployment, may be repeated")
    private List<String> routes = List.of();

    @Option(names = "--quiet", description = "do not print what happens")
    private boolean quiet;

    private Main() {}

    public static void main(String[] args) {
        Quiet.libraries();
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        LocalEdgeBuilder builder = LocalEdge.builder()
                .deviceId(device)
                .folder(folder)
                .bindAddress(bindAddress)
                .gatewayHost(host)
                .edgeHubPort(edgeHubPort)
                .servicePort(servicePort)
                .workloadPort(workloadPort);
        if (!quiet) {
            builder.onJournal(System.err::println);
        }
        modules.forEach(builder::module);
        routes.forEach(builder::route);
        LocalEdge edge = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(edge::close, "local-edge-stop"));
        print(edge, System.out);
        new CountDownLatch(1).await();
        return 0;
    }

    /** What an IDE and a service client need to know, in lines that a shell can read. */
    public static void print(LocalEdge edge, PrintStream out) {
        for (LocalModule module : edge.modules()) {
            out.println("# " + module.id() + ", by connection string");
            out.println("EdgeHubConnectionString='" + module.connectionString() + "'");
            out.println("EdgeModuleCACertificateFile='" + edge.caFile() + "'");
            out.println("# " + module.id() + ", as the edge agent starts it");
            module.environment().forEach((name, value) -> out.println(name + "='" + value + "'"));
            out.println("# or over the socket: IOTEDGE_WORKLOADURI='"
                    + module.environmentOverUnixSocket().get("IOTEDGE_WORKLOADURI") + "'");
        }
        out.println("# the device itself");
        out.println("DEVICE_CONNECTION_STRING='" + edge.device().connectionString() + "'");
        out.println("# IoT Hub's REST, https and http");
        out.println("SERVICE_ENDPOINT='" + edge.serviceEndpoint() + "'");
        out.println("SERVICE_CONNECTION_STRING='" + edge.serviceConnectionString() + "'");
        out.println("NODE_EXTRA_CA_CERTS='" + edge.caFile() + "'");
        out.println("ready");
    }
}
