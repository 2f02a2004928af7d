package io.edgecam.shipping;

import static io.edgecam.shipping.Repository.json;
import static io.edgecam.shipping.Repository.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ships is what the bill of materials and the notices say, under these licences, with their texts. */
@Timeout(60)
class NoticesIT {
    private static final String NOTICES = "META-INF/THIRD-PARTY-NOTICES.md";
    private static final String BILL = "target/edgecam.cdx.json";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([\\w.-]+) \\| (\\d[\\w.-]*) \\| ([\\w. -]+) \\| ([^|]+) \\|$");

    @Test
    void everyJarIsInTheBillOfMaterialsWithItsChecksum() throws Exception {
        Map<String, String> sums = new TreeMap<>();
        for (JsonObject one : components()) {
            sums.put(word(one, "name") + "-" + word(one, "version") + ".jar", sha256(one));
        }
        Map<String, String> shipped = new TreeMap<>();
        for (String jar : jars()) {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of("target/lib", jar)));
            shipped.put(jar, HexFormat.of().formatHex(sum));
        }
        assertThat(shipped).hasSizeGreaterThan(30).isEqualTo(sums);
    }

    @Test
    void theBillOfMaterialsIsTheSameAtEveryBuild() throws Exception {
        JsonObject bill = bill();
        assertThat(word(bill, "specVersion")).isEqualTo("1.6");
        assertThat(bill.getAsJsonObject("metadata").asMap()).doesNotContainKey("timestamp");
        assertThat(bill.toString()).doesNotContain(Path.of("").toAbsolutePath().toString());
    }

    @Test
    void everyJarHasItsRowAndEveryRowItsJar() throws Exception {
        assertThat(rows(row -> row.group(1) + "-" + row.group(2) + ".jar")).isEqualTo(jars());
    }

    @Test
    void everyRowHasTheLicenceThatTheLibraryNames() throws Exception {
        Set<String> wanted = new TreeSet<>();
        for (JsonObject one : components()) {
            wanted.add(word(one, "name") + ": " + licence(one));
        }
        assertThat(rows(row -> row.group(1) + ": " + row.group(3))).isEqualTo(wanted);
    }

    @Test
    void theJarCarriesTheLicencesTheNoticesAndEveryText() throws Exception {
        Set<String> licences = rows(row -> row.group(3).replaceFirst(" or .*", ""));
        assertThat(licences).contains("Apache-2.0", "MIT");
        try (JarFile jar = new JarFile("target/edgecam.jar")) {
            assertThat(entry(jar, "META-INF/LICENSE")).isEqualTo(text("LICENSE"));
            assertThat(entry(jar, NOTICES)).isEqualTo(text("src/main/resources/" + NOTICES));
            for (String licence : licences) {
                assertThat(entry(jar, "META-INF/licences/" + licence + ".txt")).hasSizeGreaterThan(500);
            }
        }
    }

    private static Set<String> rows(Function<MatchResult, String> part) throws IOException {
        return ROW.matcher(text("src/main/resources/" + NOTICES))
                .results()
                .map(part)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The plugin that makes the bill refuses to work where Maven is told to stay offline. */
    private static JsonObject bill() throws Exception {
        assumeThat(Path.of(BILL)).exists();
        return json(BILL);
    }

    private static List<JsonObject> components() throws Exception {
        return bill().getAsJsonArray("components").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String sha256(JsonObject component) {
        return component.getAsJsonArray("hashes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(hash -> word(hash, "alg").equals("SHA-256"))
                .map(hash -> word(hash, "content"))
                .findFirst()
                .orElse("none");
    }

    /** One, or several to choose from. */
    private static String licence(JsonObject component) {
        return component.getAsJsonArray("licenses").asList().stream()
                .map(one -> word(one.getAsJsonObject().getAsJsonObject("license"), "id"))
                .collect(Collectors.joining(" or "));
    }

    private static Set<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/lib"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String entry(JarFile jar, String name) throws IOException {
        assertThat(jar.getEntry(name)).as(name).isNotNull();
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String word(JsonObject from, String name) {
        return from.get(name).getAsString();
    }
}
