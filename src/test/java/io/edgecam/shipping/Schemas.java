package io.edgecam.shipping;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.localedge.NodeScripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The published schemas in {@code src/test/resources/schemas}, and Node, which reads files by them. */
enum Schemas {
    IOTEDGE_TEMPLATE,
    IOTEDGE_DEPLOYMENT,
    DEVCONTAINER,
    KUBERNETES;

    /** One line for each mistake in the files. */
    List<String> mistakes(Path... files) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add(name().toLowerCase(Locale.ROOT).replace('_', '-'));
        Arrays.stream(files).map(file -> file.toAbsolutePath().toString()).forEach(arguments::add);
        return run("validate.js", arguments).lines().toList();
    }

    /** The documents of a YAML file as a JSON array. */
    static String json(Path yaml) throws IOException, InterruptedException {
        return run("yaml-to-json.js", List.of(yaml.toAbsolutePath().toString()));
    }

    private static String run(String script, List<String> arguments) throws IOException, InterruptedException {
        NodeScripts.install();
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(NodeScripts.FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s, which said %s", command, said)
                .isEqualTo(said.startsWith("[") || said.isEmpty() ? 0 : 1);
        return said;
    }
}
