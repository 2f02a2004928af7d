package io.edgecam.shipping;

import static io.edgecam.shipping.Repository.inside;
import static io.edgecam.shipping.Repository.json;
import static io.edgecam.shipping.Repository.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpServer;
import io.edgecam.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the images are built, as far as it can be seen without a Docker engine. */
@Timeout(30)
class ImagesTest {
    private static final String MODULE = "modules/CameraModule";
    private static final String BODY = "\n# The Dockerfiles differ above this line";
    private static final String DEBUGGING = "\n# ---- for debugging";
    private static final Pattern HEALTH = Pattern.compile("HEALTHCHECK [^\\n]*\\\\\\n\\s*CMD (\\[.*])");

    @Test
    void setsWhatMustBeKnownBeforeTheProcessStarts() throws Exception {
        assertThat(text("Dockerfile.amd64"))
                .contains(
                        "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT=3",
                        "OPENCV_IO_MAX_IMAGE_PIXELS=50000000",
                        "OPENCV_LOG_LEVEL=ERROR",
                        "EDGECAM_OPENCV_LIBRARY=/app/native/libopencv_java490.so",
                        "-XX:+ExitOnOutOfMemoryError",
                        "java.base/java.net=ALL-UNNAMED",
                        "-Djdk.httpclient.allowRestrictedHeaders=content-length",
                        "EXPOSE 1337\n",
                        "STOPSIGNAL SIGTERM\n")
                .endsWith("ENTRYPOINT [\"java\", \"@/app/jvm.options\", \"-jar\", \"/app/edgecam.jar\"]\n");
    }

    @Test
    void runsAsAnOrdinaryUser() throws Exception {
        String last =
                text("Dockerfile.amd64").substring(text("Dockerfile.amd64").lastIndexOf("\nFROM "));
        assertThat(last).contains("useradd --uid 10001", "--groups video");
        assertThat(last.lastIndexOf("\nUSER 10001\n"))
                .isGreaterThan(last.lastIndexOf("\nRUN "))
                .isLessThan(last.indexOf("\nENTRYPOINT "));
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, linux/amd64, debian:bookworm-slim, amd64, x86_64-linux-gnu, x86_64",
        "arm32v7, linux/arm/v7, arm32v7/debian:bookworm-slim, armhf, arm-linux-gnueabihf, ARMv7",
        "arm64v8, linux/arm64/v8, arm64v8/debian:bookworm-slim, arm64, aarch64-linux-gnu, ARMv8"
    })
    void everyImageIsOfItsProcessor(
            String platform, String docker, String base, String debian, String compiler, String opencv)
            throws Exception {
        for (String file : dockerfiles()) {
            if (file.equals("Dockerfile." + platform) || file.equals("Dockerfile." + platform + ".debug")) {
                assertThat(head(file))
                        .contains(
                                "docker build -f " + file + " -t edgecam:",
                                "\nARG PLATFORM=" + docker + "\n",
                                "\nARG BASE=" + base + "\n",
                                "\nARG DEB=" + debian + "\n",
                                "\nARG TRIPLET=" + compiler + "\n",
                                "\nARG OPENCV_FOLDER=" + opencv + "\n");
            }
        }
        String library = "nu/pattern/opencv/linux/" + opencv + "/libopencv_java490.so";
        assertThat(getClass().getClassLoader().getResource(library)).as(library).isNotNull();
        assertThat(text("Dockerfile." + platform)).contains(library.replace(opencv, "${OPENCV_FOLDER}"));
    }

    @Test
    void theImagesDifferInTheirHeadsOnly() throws Exception {
        for (String file : dockerfiles()) {
            assertThat(body(file)).as(file).isEqualTo(body("Dockerfile.amd64"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.amd64.debug", "Dockerfile.arm32v7.debug"})
    void onlyTheImagesForDebuggingLetADebuggerIn(String file) throws Exception {
        assertThat(head(file)).contains("\nARG MORE_MODULES=,jdk.jdwp.agent\n");
        assertThat(text(file).substring(text(file).indexOf(DEBUGGING)))
                .contains("\nEXPOSE 5005\n", "-agentlib:jdwp=transport=dt_socket,address=*:5005,server=y,suspend=n");
        String usual = file.replace(".debug", "");
        assertThat(text(usual)).doesNotContain("jdwp", "5005").contains("\nARG MORE_MODULES=\n");
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1"})
    void theHealthCheckBelievesReadyz(int status, int exit) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicReference<String> asked = new AtomicReference<>("");
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(healthCheck(server.getAddress().getPort())).isEqualTo(exit);
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue("/readyz");
    }

    @Test
    void theHealthCheckFailsWhereNobodyListens() throws Exception {
        int port;
        try (java.net.ServerSocket gone = new java.net.ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        assertThat(healthCheck(port)).isEqualTo(1);
    }

    @Test
    void moduleJsonLeadsToTheDockerfilesAndTheRoot() throws Exception {
        var image = json(MODULE + "/module.json").getAsJsonObject("image");
        Path root = Path.of("").toRealPath();
        Path module = root.resolve(MODULE);
        assertThat(module.resolve(image.get("contextPath").getAsString()).toRealPath())
                .isEqualTo(root);
        assertThat(inside(image, "tag", "platforms").asMap().keySet())
                .isEqualTo(dockerfiles().stream()
                        .map(file -> file.replaceFirst("^Dockerfile\\.", ""))
                        .collect(Collectors.toSet()));
        inside(image, "tag", "platforms")
                .asMap()
                .forEach((platform, file) -> assertThat(
                                module.resolve(file.getAsString()).normalize())
                        .isEqualTo(root.resolve("Dockerfile." + platform))
                        .exists());
    }

    @Test
    void theVersionIsTheSameEverywhere() throws Exception {
        Matcher pom = Pattern.compile("<version>([^<]+)</version>").matcher(text("pom.xml"));
        assertThat(pom.find()).isTrue();
        String version = pom.group(1);
        assertThat(inside(json(MODULE + "/module.json"), "image", "tag")
                        .get("version")
                        .getAsString())
                .isEqualTo(version);
        for (String file : dockerfiles()) {
            assertThat(text(file))
                    .contains("edgecam:" + version + "-" + file.replaceFirst("^Dockerfile\\.", "") + " .\n");
        }
        assertThat(text("CHANGELOG.md")).containsPattern("(?m)^## \\[(?:Unreleased|" + Pattern.quote(version) + ")]");
    }

    @Test
    void onlyWhatIsBuiltGoesToTheEngine() throws Exception {
        List<String> kept = text(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        assertThat(kept).containsExactly("pom.xml", ".mvn", "LICENSE", "src/main", "target/edgecam.jar", "target/lib");
        assertThat(text(".dockerignore")).contains("\n*\n");
    }

    /** The command of the image, at another port. */
    private static int healthCheck(int port) throws Exception {
        Matcher health = HEALTH.matcher(text("Dockerfile.amd64"));
        assertThat(health.find()).isTrue();
        JsonArray words = Json.parse(health.group(1)).getAsJsonArray();
        List<String> command = words.asList().stream()
                .map(JsonElement::getAsString)
                .map(word -> word.replace("/1337", "/" + port))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static List<String> dockerfiles() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""))) {
            return top.map(Path::toString)
                    .filter(name -> name.startsWith("Dockerfile."))
                    .sorted()
                    .toList();
        }
    }

    private static String head(String file) throws IOException {
        return text(file).substring(0, text(file).indexOf(BODY));
    }

    private static String body(String file) throws IOException {
        String text = text(file);
        int end = text.indexOf(DEBUGGING);
        return text.substring(text.indexOf(BODY), end < 0 ? text.length() : end);
    }
}
