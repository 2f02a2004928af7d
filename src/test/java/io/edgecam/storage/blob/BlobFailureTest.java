package io.edgecam.storage.blob;

import static io.edgecam.storage.SamplePictures.jpeg;
import static io.edgecam.storage.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.edgecam.settings.Secret;
import io.edgecam.settings.StorageSettings;
import io.edgecam.settings.StorageSettings.AccountKey;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.Place;
import io.edgecam.settings.StorageSettings.SasUrl;
import io.edgecam.storage.PictureStore;
import io.edgecam.storage.SamplePictures;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Every way in which storing fails is said in words that name the thing and the fix, and never a secret. */
@Timeout(120)
final class BlobFailureTest {
    private static final String CANARY = "canary0secret";
    private static final String CANARY_KEY =
            Base64.getEncoder().encodeToString(CANARY.repeat(4).getBytes(StandardCharsets.US_ASCII));

    @Test
    void aWrongKey() {
        StoreException e = failure(key(URI.create(LocalBlobs.azurite().endpoint()), CANARY_KEY), "webcam");
        assertThat(e.code()).isEqualTo("AuthenticationFailed");
        assertThat(e.remedy()).isEqualTo(Remedy.OPERATOR);
        assertThat(e).hasMessageContaining("devstoreaccount1").hasMessageContaining("storage.accountKey");
    }

    @Test
    void anExpiredSas() {
        OffsetDateTime past = OffsetDateTime.now(ZoneOffset.UTC).minusDays(2).withNano(0);
        StoreException e = failure(sas(LocalBlobs.containerSas(LocalBlobs.newContainer(), "cw", past)), "webcam");
        assertThat(e.code()).isEqualTo("SasExpired");
        assertThat(e).hasMessageContaining("expired at " + past.toInstant()).hasMessageContaining("storage.sasUrl");
    }

    @Test
    void aSasThatIsNotYetValid() {
        BlobContainerClient container = LocalBlobs.newContainer();
        OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC).plusDays(2).withNano(0);
        String url = container.getBlobContainerUrl() + "?"
                + container.generateSas(
                        new BlobServiceSasSignatureValues(start.plusDays(1), BlobContainerSasPermission.parse("cw"))
                                .setStartTime(start));
        StoreException e = failure(sas(url), "webcam");
        assertThat(e.code()).isEqualTo("SasNotYetValid");
        assertThat(e).hasMessageContaining(start.toInstant().toString());
    }

    @Test
    void aSasThatWasAltered() {
        String url = LocalBlobs.containerSas(LocalBlobs.newContainer(), "r").replace("sp=r", "sp=rcw");
        StoreException e = failure(sas(url), "webcam");
        assertThat(e.code()).isEqualTo("AuthenticationFailed");
        assertThat(e).hasMessageContaining("altered");
    }

    @Test
    void aSasWithoutTheRightToStore() {
        StoreException e = failure(sas(LocalBlobs.containerSas(LocalBlobs.newContainer(), "r")), "webcam");
        assertThat(e.code()).isEqualTo("RightMissing");
        assertThat(e).hasMessageContaining("create (c) or write (w)").hasMessageContaining("sp=r");
    }

    @Test
    void aSasWithoutTheRightToReplace() {
        BlobContainerClient container = LocalBlobs.newContainer();
        try (PictureStore store = store(settings(sas(LocalBlobs.containerSas(container, "c")), "webcam"))) {
            assertThatCode(() -> store.replace("picture", picture(1), jpeg(1))).doesNotThrowAnyException();
            StoreException e =
                    catchThrowableOfType(StoreException.class, () -> store.replace("picture", picture(2), jpeg(2)));
            assertThat(e.code()).isEqualTo("RightMissing");
            assertThat(e).hasMessageContaining("write (w)");
        }
    }

    @Test
    void anAccountSasThatLeavesOutBlobs() {
        StoreException e = failure(sas(LocalBlobs.accountSas("cw", "b", "c")), "webcam");
        assertThat(e.code()).isEqualTo("RightMissing");
        assertThat(e).hasMessageContaining("srt=o");
    }

    @Test
    void aMissingContainer() {
        String name = LocalBlobs.newName();
        StoreException e = failure(key(URI.create(LocalBlobs.azurite().endpoint())), name);
        assertThat(e.code()).isEqualTo("ContainerNotFound");
        assertThat(e).hasMessageContaining(name).hasMessageContaining("storage.createContainer");
    }

    @Test
    void aMissingContainerThatASasMayNotMake() {
        Place place = sas(LocalBlobs.accountSas("cw", "b", "o"));
        StorageSettings settings =
                new StorageSettings(place, LocalBlobs.newName(), true, Optional.empty(), Duration.ofSeconds(20));
        StoreException e = failure(settings, InstantSource.system());
        assertThat(e.code()).isEqualTo("RightMissing");
        assertThat(e).hasMessageContaining("create the container").hasMessageContaining("srt=c");
    }

    @Test
    void aNameThatNobodyKnows() {
        StoreException e = failure(
                new AccountKey("nosuchaccount", new Secret(CANARY_KEY), uri("http://no-such.invalid")), "webcam");
        assertThat(e.code()).isEqualTo("NameNotResolved");
        assertThat(e.remedy()).isEqualTo(Remedy.RETRY);
        assertThat(e).hasMessageContaining("no-such.invalid").hasMessageContaining("DNS");
    }

    @Test
    void aPortWhereNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        StoreException e = failure(key(URI.create("http://127.0.0.1:" + port + "/acct")), "webcam");
        assertThat(e.code()).isEqualTo("ConnectionRefused");
        assertThat(e.remedy()).isEqualTo(Remedy.RETRY);
        assertThat(e).hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void aServerThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Place place = key(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/acct"));
            StorageSettings settings =
                    new StorageSettings(place, "webcam", false, Optional.empty(), Duration.ofSeconds(1));
            StoreException e = failure(settings, InstantSource.system());
            assertThat(e.code()).isEqualTo("TimedOut");
            assertThat(e.remedy()).isEqualTo(Remedy.RETRY);
            assertThat(e).hasMessageContaining("1 s").hasMessageContaining("storage.uploadTimeoutSeconds");
        }
    }

    @Test
    void aThreadThatIsToStopIsLetGoAtOnce() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Place place = key(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/acct"));
            PictureStore store = store(settings(place, "webcam"));
            AtomicReference<Throwable> ended = new AtomicReference<>(new IllegalStateException("still running"));
            CountDownLatch done = new CountDownLatch(1);
            Thread uploader = new Thread(() -> {
                ended.set(catchThrowableOfType(Throwable.class, () -> store.put(picture(1), jpeg(1), false)));
                done.countDown();
            });
            uploader.start();
            silent.accept().getInputStream().read();
            uploader.interrupt();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void anHttpsAddressThatSpeaksHttp() throws Exception {
        try (Answering service = new Answering(200, "", Instant.now())) {
            StoreException e = failure(key(URI.create(service.address().replace("http:", "https:"))), "webcam");
            assertThat(e.code()).isEqualTo("TlsFailed");
            assertThat(e).hasMessageContaining("http://");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            400, InvalidHeaderValue,             OPERATOR, ApiVersionRefused, storage.apiVersion
            400, Md5Mismatch,                    RETRY,    Md5Mismatch,       damaged
            400, InvalidResourceName,            NONE,     InvalidResourceName, cameras.*.name
            403, AccountIsDisabled,              OPERATOR, AccountIsDisabled, disabled
            403, InsufficientAccountPermissions, OPERATOR, AccountReadOnly,   read only
            403, KeyBasedAuthenticationNotPermitted, OPERATOR, KeyBasedAuthenticationNotPermitted, storage.sasUrl
            404, AccountNotThere,                OPERATOR, AccountNotThere,   HTTP 404
            409, ContainerBeingDeleted,          RETRY,    ContainerBeingDeleted, being deleted
            409, ContainerDisabled,              OPERATOR, ContainerDisabled, disabled
            413, RequestBodyTooLarge,            NONE,     RequestBodyTooLarge, too large
            429, TooManyRequests,                RETRY,    TooManyRequests,   busy
            500, OperationTimedOut,              RETRY,    OperationTimedOut, busy
            503, ServerBusy,                     RETRY,    ServerBusy,        busy
            503, '',                             RETRY,    ServiceBusy,       busy
            507, QuotaExceeded,                  OPERATOR, QuotaExceeded,     no room
            200, '',                             OPERATOR, NotABlobService,   sign-in page
            """)
    void whatTheServiceSays(int status, String said, Remedy remedy, String code, String words) throws Exception {
        try (Answering service = new Answering(status, said, Instant.now())) {
            StoreException e = failure(key(URI.create(service.address())), "webcam");
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.remedy()).isEqualTo(remedy);
            assertThat(e).hasMessageContaining(words);
        }
    }

    @Test
    void aSasOfAUserWithoutRightsIsNotTakenForALostAnswer() throws Exception {
        try (Answering service = new Answering(403, "AuthorizationPermissionMismatch", Instant.now())) {
            String url = service.address() + "/webcam?sr=c&sp=c&skoid=someone&se=2199-01-01&sig=" + CANARY;
            StoreException e = failure(sas(url), "webcam");
            assertThat(e.code()).isEqualTo("RightMissing");
            assertThat(e.remedy()).isEqualTo(Remedy.OPERATOR);
        }
    }

    @Test
    void aWrongClock() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (Answering service = new Answering(403, "AuthenticationFailed", now)) {
            InstantSource late = InstantSource.fixed(now.minus(Duration.ofMinutes(123)));
            StoreException e = failure(settings(key(URI.create(service.address())), "webcam"), late);
            assertThat(e.code()).isEqualTo("ClockWrong");
            assertThat(e).hasMessageContaining("2 h 3 min behind").hasMessageContaining("NTP");
            InstantSource early = InstantSource.fixed(now.plus(Duration.ofDays(3)));
            assertThat(failure(settings(key(URI.create(service.address())), "webcam"), early))
                    .hasMessageContaining("3 d 0 h ahead of");
        }
    }

    @Test
    void anExpiredSasIsJudgedByTheServicesClock() throws Exception {
        Instant service = Instant.parse("2026-11-21T12:00:00Z");
        try (Answering answering = new Answering(403, "AuthenticationFailed", service)) {
            String url = answering.address() + "/webcam?sr=c&sp=cw&se=2026-11-21T11:59:00Z&sig=" + CANARY;
            StoreException e =
                    failure(settings(sas(url), "webcam"), InstantSource.fixed(Instant.parse("1970-01-01T00:00:00Z")));
            assertThat(e.code()).isEqualTo("SasExpired");
            assertThat(e).hasMessageContaining("the service's time is 2026-11-21T12:00:00Z");
        }
    }

    @Test
    void nothingThatIsLoggedQuotesASignature() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        try (Answering answering = new Answering(403, "AuthenticationFailed", Instant.now())) {
            String url = answering.address() + "/webcam?sr=c&sp=cw&se=2199-01-01&sig=" + CANARY;
            failure(settings(sas(url), "webcam"), InstantSource.system());
        } finally {
            root.detachAppender(logged);
        }
        assertThat(logged.list)
                .noneMatch(event -> (event.getFormattedMessage() + event.getThrowableProxy()).contains(CANARY));
    }

    @Test
    void settingsThatCannotWorkAreSaidBeforeAnythingIsSent() {
        assertUnusable(key(URI.create("http://127.0.0.1:1/a"), "*" + CANARY), "webcam", "not Base64");
        assertUnusable(key(URI.create("ftp://127.0.0.1/a")), "webcam", "http or https");
        assertUnusable(key(URI.create("http://127.0.0.1:1/a")), "Web_Cam", "storage.container");
        assertUnusable(sas("https://x.blob.core.windows.net/webcam?sv=1&sp=cw"), "webcam", "sig=");
        assertUnusable(sas("https://x.blob.core.windows.net/c/b.jpg?sr=b&sig=" + CANARY), "webcam", "single blob");
        assertUnusable(sas("https://x.blob.core.windows.net?sr=c&sig=" + CANARY), "webcam", "names none");
        assertUnusable(new ConnectionString(new Secret("AccountKey=" + CANARY)), "webcam", "AccountName");
    }

    @Test
    void anUnknownVersionIsAnsweredWithTheKnownOnes() {
        StorageSettings settings = new StorageSettings(
                key(URI.create("http://127.0.0.1:1/a")),
                "webcam",
                false,
                Optional.of("2031-01-01"),
                Duration.ofSeconds(1));
        StoreException e = failure(settings, InstantSource.system());
        assertThat(e.code()).isEqualTo("ApiVersionUnknown");
        assertThat(e).hasMessageContaining("2031-01-01").hasMessageContaining("2019-07-07, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/", "a."})
    void namesThatNoBlobCanHave(String name) {
        assertThat(refused(name)).hasMessageContaining("cameras.*.name");
    }

    @Test
    void aNameThatIsTooLong() {
        assertThat(refused("n".repeat(1025))).hasMessageContaining("1025").hasMessageContaining("1024");
    }

    private static StoreException refused(String name) {
        try (PictureStore store = store(settings(key(URI.create("http://127.0.0.1:1/a")), "webcam"))) {
            StoreException e = catchThrowableOfType(
                    StoreException.class,
                    () -> store.put(SamplePictures.named("x", name, jpeg(1), SamplePictures.NOON), jpeg(1), false));
            assertThat(e.remedy()).isEqualTo(Remedy.NONE);
            assertThat(e.code()).isEqualTo("BlobNameRefused");
            return e;
        }
    }

    private static void assertUnusable(Place place, String container, String words) {
        StoreException e = failure(place, container);
        assertThat(e.code()).isEqualTo("SettingsUnusable");
        assertThat(e.remedy()).isEqualTo(Remedy.OPERATOR);
        assertThat(e).hasMessageContaining(words);
    }

    private static StoreException failure(Place place, String container) {
        return failure(settings(place, container), InstantSource.system());
    }

    /** The failure of storing a picture; nothing of it may hold a secret. */
    private static StoreException failure(StorageSettings settings, InstantSource clock) {
        try (PictureStore store = new Stores(clock).apply(settings)) {
            StoreException e = catchThrowableOfType(StoreException.class, () -> store.put(picture(1), jpeg(1), false));
            assertThat(e).as("an upload that fails").isNotNull();
            String shown = e + " " + e.getCause() + " " + store.locate("a.jpg") + " " + store;
            assertThat(shown).doesNotContain(CANARY, CANARY_KEY, "sig=" + CANARY);
            assertThat(shown).doesNotContainPattern("sig=[A-Za-z0-9%]{8}");
            return e;
        }
    }

    private static PictureStore store(StorageSettings settings) {
        return new Stores().apply(settings);
    }

    private static StorageSettings settings(Place place, String container) {
        return LocalBlobs.settings(place, container);
    }

    private static Place key(URI endpoint) {
        boolean azurite = endpoint.toString().contains("devstoreaccount1");
        return key(endpoint, azurite ? LocalBlobs.azurite().accountKey() : CANARY_KEY);
    }

    private static Place key(URI endpoint, String key) {
        return new AccountKey("devstoreaccount1", new Secret(key), Optional.of(endpoint));
    }

    private static Place sas(String url) {
        return new SasUrl(new Secret(url));
    }

    private static Optional<URI> uri(String text) {
        return Optional.of(URI.create(text));
    }

    /** A blob service that gives one answer to everything, and quotes the request's signature as the real one does. */
    private static final class Answering implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final String status;

        Answering(int status, String code, Instant time) throws IOException {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
            this.status = "HTTP/1.1 " + status + " Played\r\nDate: " + date + "\r\nContent-Type: application/xml\r\n"
                    + (code.isEmpty() ? "" : "x-ms-error-code: " + code + "\r\n") + "Connection: close\r\n";
            Thread thread = new Thread(this::serve, "answering");
            thread.setDaemon(true);
            thread.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getLocalPort() + "/acct";
        }

        @Override
        public void close() throws IOException {
            server.close();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    answer(connection);
                } catch (IOException gone) {
                    assertThat(gone).isNotNull();
                }
            }
        }

        private void answer(Socket connection) throws IOException {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0 && head.indexOf("\u0016") < 0) {
                head.append((char) in.read());
            }
            Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
            in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            String body = "<?xml version=\"1.0\"?><Error><Message>" + CANARY + " " + head + "</Message></Error>";
            String answer = status + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
        }
    }
}
