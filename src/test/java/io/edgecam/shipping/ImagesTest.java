package io.edgecam.shipping;

import static io.edgecam.shipping.Repository.inside;
import static io.edgecam.shipping.Repository.json;
import static io.edgecam.shipping.Repository.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpServer;
import io.edgecam.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the images are built, as far as it can be seen without a Docker engine. */
@Timeout(30)
class ImagesTest {
    private static final String MODULE = "modules/CameraModule";
    private static final Pattern HEALTH = Pattern.compile("HEALTHCHECK [^\\n]*\\\\\\n\\s*CMD (\\[.*])");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.amd64", "Dockerfile.arm32v7"})
    void setsWhatMustBeKnownBeforeTheProcessStarts(String file) throws Exception {
        assertThat(text(file))
                .contains(
                        "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT=3",
                        "OPENCV_IO_MAX_IMAGE_PIXELS=50000000",
                        "EDGECAM_OPENCV_LIBRARY=/app/native/libopencv_java490.so",
                        "-XX:+ExitOnOutOfMemoryError",
                        "java.base/java.net=ALL-UNNAMED",
                        "-Djdk.httpclient.allowRestrictedHeaders=content-length",
                        "EXPOSE 1337\n",
                        "STOPSIGNAL SIGTERM\n",
                        "ENTRYPOINT [\"java\", \"@/app/jvm.options\", \"-jar\", \"/app/edgecam.jar\"]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.amd64", "Dockerfile.arm32v7"})
    void runsAsAnOrdinaryUser(String file) throws Exception {
        String last = text(file).substring(text(file).lastIndexOf("\nFROM "));
        assertThat(last).contains("useradd --uid 10001", "--groups video");
        assertThat(last.lastIndexOf("\nUSER 10001\n"))
                .isGreaterThan(last.lastIndexOf("\nRUN "))
                .isLessThan(last.indexOf("\nENTRYPOINT "));
    }

    @ParameterizedTest
    @CsvSource({"Dockerfile.amd64, x86_64", "Dockerfile.arm32v7, ARMv7"})
    void takesALibraryThatTheJarHas(String file, String folder) throws Exception {
        assertThat(text(file)).contains("ARG OPENCV_FOLDER=" + folder + "\n");
        String library = "nu/pattern/opencv/linux/" + folder + "/libopencv_java490.so";
        assertThat(getClass().getClassLoader().getResource(library)).as(library).isNotNull();
        assertThat(text(file)).contains(library.replace(folder, "${OPENCV_FOLDER}"));
    }

    @Test
    void theImagesDifferInTheirArchitectureOnly() throws Exception {
        String amd64 = text("Dockerfile.amd64")
                .replace("--platform=linux/amd64 debian:", "--platform=linux/arm/v7 arm32v7/debian:")
                .replace("OPENCV_FOLDER=x86_64", "OPENCV_FOLDER=ARMv7");
        assertThat(withoutComments(text("Dockerfile.arm32v7"))).isEqualTo(withoutComments(amd64));
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
        assertThat(inside(image, "tag", "platforms").asMap()).containsOnlyKeys("amd64", "arm32v7");
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
        assertThat(text("Dockerfile.amd64")).contains("edgecam:" + version + "-amd64");
        assertThat(text("CHANGELOG.md")).contains("## " + version);
    }

    @Test
    void onlyWhatIsBuiltGoesToTheEngine() throws Exception {
        List<String> kept = text(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        assertThat(kept).containsExactly("pom.xml", ".mvn", "src");
        assertThat(kept).allMatch(path -> Files.exists(Path.of(path)));
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

    private static String withoutComments(String dockerfile) {
        return dockerfile.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }
}
