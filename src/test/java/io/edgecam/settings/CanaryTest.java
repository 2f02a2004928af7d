package io.edgecam.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends a marked secret through every field that may hold one, in every wrong shape too, and looks where it comes out. */
@Timeout(20)
class CanaryTest {
    private static final String MARK = "c4n4ry";
    private static final String MARK_NUMBER = "47114711";

    static Stream<Arguments> secretsInEveryShape() {
        return Stream.of(
                        "storage.connectionString",
                        "storage.accountKey",
                        "storage.sasUrl",
                        "cameras.*.password",
                        "cameras.*.source",
                        "web.token")
                .flatMap(path -> Stream.of(
                                "\"c4n4ry\"",
                                "\"c4n4ry\\n\"",
                                "\"$c4n4ry ${c4n4ry}\"",
                                "\"c4n4ryc4n4ryc4n4ryc4n4ryc4n4ryc4n4ry\"",
                                "\"AccountName=abc;AccountKey=c4n4ry12\"",
                                "\"AccountName=abc;AccountKey=!c4n4ry\"",
                                "\"https://h/c?sr=c&sig=c4n4ry\"",
                                "\"http://u:c4n4ry@h/\"",
                                "\"http://h/?pass=c4n4ry\"",
                                "\"exec:c4n4ry x\"",
                                "{\"c4n4ryInside\": \"c4n4ry\"}",
                                "[\"c4n4ry\"]",
                                "[[\"c4n4ry\"]]",
                                "\"" + "c4n4ry".repeat(2000) + "\"")
                        .map(value -> Arguments.of(path, value)));
    }

    @ParameterizedTest
    @MethodSource("secretsInEveryShape")
    void noSecretComesOut(String path, String value) {
        Parsed parsed = Settings.read(Desired.with(path, value), Map.of());

        assertThat(parsed.toString()).doesNotContain(MARK);
    }

    @ParameterizedTest
    @MethodSource("secretsInEveryShape")
    void noSecretComesOutOfACompleteDocument(String path, String value) {
        JsonObject desired =
                io.edgecam.json.MergePatch.apply(Desired.object(Desired.COMPLETE), Desired.with(path, value));

        assertThat(Settings.read(desired, Map.of()).toString()).doesNotContain(MARK);
    }

    static Stream<String> secretPaths() {
        return Stream.of(
                "storage.connectionString", "storage.accountKey", "storage.sasUrl", "cameras.*.password", "web.token");
    }

    @ParameterizedTest
    @MethodSource("secretPaths")
    void aSecretThatIsANumberIsNotRepeated(String path) {
        Parsed parsed = Settings.read(Desired.with(path, MARK_NUMBER), Map.of());

        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        assertThat(parsed.toString()).doesNotContain(MARK_NUMBER);
    }

    static Stream<String> variables() {
        return Stream.of("BLOB_CONNECTION_STRING", "BLOB_ACCOUNT_NAME", "BLOB_ACCOUNT_KEY", "EDGECAM_EXEC_A");
    }

    @ParameterizedTest
    @MethodSource("variables")
    void noSecretOfTheEnvironmentComesOut(String variable) {
        JsonObject desired = Desired.with("cameras.*.source", "\"exec:A\"");

        assertThat(Settings.read(desired, Map.of(variable, "!" + MARK)).toString())
                .doesNotContain(MARK);
    }
}
