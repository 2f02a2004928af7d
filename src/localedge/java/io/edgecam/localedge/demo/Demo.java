package io.edgecam.localedge.demo;

import com.google.gson.JsonObject;
import io.edgecam.localedge.LocalEdge;
import io.edgecam.localedge.LocalModule;
import io.edgecam.localedge.Quiet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a local edge, a store and the module with two cameras, says where to look, and stops them all on Ctrl-C. */
@Command(name = "demo", description = "edgecam on this machine, with everything that it needs around it.")
public final class Demo implements Callable<Integer> {
    static final String MODULE = "CameraModule";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Parameters(paramLabel = "FOLDER", description = "where the demo keeps its files")
    private Path folder = Path.of("");

    @Option(
            names = "--camera",
            paramLabel = "SOURCE",
            description = "camera 'front': /dev/video0, http://… (default: a synthetic camera)")
    private String camera = "test:";

    @Option(names = "--port", defaultValue = "1337", description = "port of the page (another if it is taken)")
    private int port;

    @Option(names = "--folder-store", description = "keep pictures in a folder instead of Azurite")
    private boolean folderStore;

    @Option(names = "--quiet", description = "do not print the module's log")
    private boolean quiet;

    private Demo() {}

    public static void main(String[] arguments) {
        Quiet.libraries();
        System.exit(new CommandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Stage stage = new Stage();
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "demo-stop"));
        Path root = folder.toAbsolutePath().normalize();

        say("starting the local edge");
        LocalEdge edge = stage.add(
                LocalEdge.builder().folder(root.resolve("edge")).module(MODULE).start());
        LocalModule module = edge.module(MODULE);
        say("starting the store");
        Store store = stage.add(Store.start(root, folderStore, Demo::say));
        module.replaceDesired(Twins.first(store, camera, Ports.freeFrom(port), root.resolve("spool")));
        say("starting the module");
        ModuleProcess process = stage.add(ModuleProcess.start(module.environment(), quiet ? null : System.out));
        String page = "http://localhost:" + Twins.port(module.desired());
        if (!process.awaitReady(page + "/readyz", PATIENCE)) {
            say("the module did not become ready in " + PATIENCE.toSeconds() + " s; its log above says why");
            return 1;
        }
        JsonObject state = State.of(edge, MODULE);
        Files.writeString(root.resolve("demo.json"), state.toString());
        stage.add(() -> Files.deleteIfExists(root.resolve("demo.json")));
        print(page, store, edge);
        int code = process.awaitEnd();
        if (!stage.isClosing()) {
            say("the module ended by itself with code " + code + "; its log above says why");
        }
        return 1;
    }

    private static void print(String page, Store store, LocalEdge edge) {
        System.out.println();
        System.out.println("page " + page);
        System.out.println("blob " + store.words());
        System.out.println("edge " + edge.serviceEndpoint().replaceFirst("^https?://", ""));
        System.out.println("ready");
        System.out.println();
        System.out.println("Look at the page, then in another terminal:");
        System.out.println("  ./demo call takePicture '{\"camera\":\"front\"}'");
        System.out.println("  ./demo call getStatus");
        System.out.println("  ./demo twin '{\"cameras\":{\"front\":{\"stamp\":{\"title\":\"Greenhouse\"}}}}'");
        System.out.println("  ./demo send '{\"camera\":\"yard\"}'            # a routed message");
        System.out.println("Ctrl-C stops everything.");
    }

    private static void say(String words) {
        System.err.println("demo: " + words);
    }
}
