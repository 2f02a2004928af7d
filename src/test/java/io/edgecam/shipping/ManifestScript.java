package io.edgecam.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** {@code modules/manifest.sh}, run beside copies of what it needs, for amd64. */
final class ManifestScript {
    static final Map<String, String> VALUES = Map.of(
            "BLOB_SAS_URL", "https://a.example/c?sp=cw&sig=a$b%2B",
            "WEB_TOKEN", "a word with \"marks\" and $WEB_TOKEN",
            "CONTAINER_REGISTRY_SERVER", "registry.example.com",
            "CONTAINER_REGISTRY_USERNAME", "user",
            "CONTAINER_REGISTRY_PASSWORD", "");

    private ManifestScript() {}

    /** The manifest that it makes of a template with these {@link #VALUES}. */
    static Path run(Path folder, String template) throws IOException {
        for (String needed : List.of(template, "modules/CameraModule/module.json", "modules/manifest.sh")) {
            Files.createDirectories(folder.resolve(needed).getParent());
            Files.copy(Path.of(needed), folder.resolve(needed), StandardCopyOption.COPY_ATTRIBUTES);
        }
        ProcessBuilder script =
                new ProcessBuilder(folder.resolve("modules/manifest.sh").toString(), "amd64", template);
        script.environment().putAll(VALUES);
        Process process = script.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(said).matches("config/[a-z.0-9]+\\.json");
        return folder.resolve(said);
    }
}
