package io.edgecam.camera.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgecam.camera.FrameSource;
import io.edgecam.picture.Jpeg;
import io.edgecam.settings.DeviceSettings.Kind;
import io.edgecam.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that computes every signature itself. */
@Timeout(30)
class HttpSigningTest {
    private static final String NAME = "user \"x\"";
    private static final String PASSWORD = "pass:word";

    private Jpeg picture;

    @BeforeEach
    void draw() throws Exception {
        try (FrameSource source = new Sources(InstantSource.system())
                .apply(SourceSettings.of(Kind.TEST, "", 160, 120, 100))
                .open()) {
            picture = source.next().image();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "MD5|",
                "MD5|, algorithm=MD5, qop=\"auth\"",
                "MD5|, qop=\"auth-int,auth\", opaque=\"5ccc069c\"",
                "SHA-256|, algorithm=SHA-256, qop=auth",
                "SHA-256|, qop=\"auth, auth-int\", algorithm=\"sha-256\", opaque=\"x\""
            })
    void isAskedOnceAndSignsTheNextRequestsByItself(String algorithm, String offer) throws Exception {
        try (SigningCamera camera = new SigningCamera(bytes(), algorithm, 100, offer == null ? "" : offer);
                FrameSource source = open(camera, PASSWORD)) {
            for (int i = 0; i < 3; i++) {
                assertThat(source.next().image()).isEqualTo(picture);
            }
            assertThat(camera.log()).containsExactly("first", "ok", "ok", "ok");
        }
    }

    @Test
    void signsAnewWhenTheNonceIsTooOld() throws Exception {
        try (SigningCamera camera = new SigningCamera(bytes(), "MD5", 2, ", qop=\"auth\"");
                FrameSource source = open(camera, PASSWORD)) {
            for (int i = 0; i < 4; i++) {
                assertThat(source.next().image()).isEqualTo(picture);
            }
            assertThat(camera.log()).containsExactly("first", "ok", "ok", "stale", "ok", "ok");
        }
    }

    @Test
    void triesAWrongPasswordOnceOnly() throws Exception {
        try (SigningCamera camera = new SigningCamera(bytes(), "MD5", 2, ", qop=\"auth\"")) {
            assertThatThrownBy(() -> open(camera, "Pass:word"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refuses username and password")
                    .hasMessageNotContaining("Pass:word");
            assertThat(camera.log()).containsExactly("first", "wrong password");
        }
    }

    @Test
    void givesUpOnACameraWhoseNoncesAreAlwaysTooOld() throws Exception {
        try (SigningCamera camera = new SigningCamera(bytes(), "MD5", 0, ", qop=\"auth\"")) {
            assertThatThrownBy(() -> open(camera, PASSWORD)).hasMessageContaining("refuses");
            assertThat(camera.log()).hasSizeLessThan(6);
        }
    }

    @Test
    void picksTheDigestItKnowsAmongOthers() throws Exception {
        HttpAuthorization authorization = new HttpAuthorization("u", new Secret("p"));

        authorization.demanded(List.of(
                "Negotiate",
                "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-512-256",
                "Basic realm=\"b\", Digest realm=\"a\", nonce=\"2\", algorithm=SHA-256"));

        assertThat(authorization.signature(URI.create("http://h")).orElseThrow())
                .startsWith("Digest ")
                .contains("nonce=\"2\"", "uri=\"/\"", "algorithm=SHA-256");
    }

    @Test
    void saysWhichWaysOfSigningItKnows() {
        HttpAuthorization authorization = new HttpAuthorization("u", new Secret("p"));

        assertThatThrownBy(() -> authorization.demanded(List.of("Bearer realm=\"x\"")))
                .hasMessageContaining("Basic")
                .hasMessageContaining("SHA-256");
        assertThatThrownBy(() -> authorization.demanded(List.of("Digest algorithm=SHA-512-256")))
                .hasMessageContaining("by SHA-512-256");
    }

    private byte[] bytes() {
        return picture.toBytes();
    }

    private static FrameSource open(SigningCamera camera, String password) throws Exception {
        return HttpCamera.opener(SourceSettings.http(camera.address("/one?size=2"), NAME, password), "")
                .open();
    }
}
