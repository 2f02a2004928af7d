package io.edgecam.settings;

import static io.edgecam.settings.Desired.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgecam.json.Problem;
import io.edgecam.settings.StorageSettings.AccountKey;
import io.edgecam.settings.StorageSettings.ConnectionString;
import io.edgecam.settings.StorageSettings.Folder;
import io.edgecam.settings.StorageSettings.Nowhere;
import io.edgecam.settings.StorageSettings.Place;
import io.edgecam.settings.StorageSettings.SasUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class StorageSettingsTest {
    private static final String TEXT = "DefaultEndpointsProtocol=https;AccountName=abc;AccountKey=c2VjcmV0";
    private static final String SAS = "https://abc.blob.core.windows.net/webcam?sv=2024-11-04&sr=c&sp=cw&sig=c2ln";

    @Test
    void knowsFourWaysToAPlaceForPictures() {
        assertThat(place("{\"connectionString\": \"" + TEXT + "\"}")).isEqualTo(new ConnectionString(new Secret(TEXT)));
        assertThat(place("{\"sasUrl\": \"" + SAS + "\"}")).isEqualTo(new SasUrl(new Secret(SAS)));
        assertThat(place("{\"folder\": \"/pictures\"}")).isEqualTo(new Folder(Path.of("/pictures")));
        assertThat(
                        place(
                                "{\"accountName\": \"abc\", \"accountKey\": \"c2VjcmV0\", \"endpoint\": \"http://h:11002/abc\"}"))
                .isEqualTo(
                        new AccountKey("abc", new Secret("c2VjcmV0"), Optional.of(URI.create("http://h:11002/abc"))));
        assertThat(place("{}")).isEqualTo(new Nowhere());
        assertThat(place("{\"accountName\": \"\", \"accountKey\": \"\", \"sasUrl\": null}"))
                .isEqualTo(new Nowhere());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccountName=abc;AccountKey=c2VjcmV0",
                "AccountName=devstoreaccount1;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;",
                "BlobEndpoint=https://abc.blob.core.windows.net/;SharedAccessSignature=sv=2024-11-04&ss=b&srt=co&sp=cw&sig=c2ln",
                "AccountName=abc;SharedAccessSignature=?sv=2024-11-04&sig=c2ln"
            })
    void takesTheFormsOfAConnectionString(String text) {
        assertThat(place("{\"connectionString\": \"" + text + "\"}")).isEqualTo(new ConnectionString(new Secret(text)));
    }

    @Test
    void writesTheShortFormOfTheLocalStorageInFull() {
        assertThat(place("{\"connectionString\": \"UseDevelopmentStorage=true\"}"))
                .isInstanceOfSatisfying(
                        ConnectionString.class,
                        text -> assertThat(text.value().reveal())
                                .contains("AccountName=devstoreaccount1;AccountKey=Eby8vdM0")
                                .contains("BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connectionString | canary                                            | is no connection string: it must be parts such as AccountName=… with ; between them
            connectionString | HostName=canary;DeviceId=d;SharedAccessKey=canary | is a connection string of IoT Hub or another service; take the one of the storage account
            connectionString | AccountKey=canary                                 | must hold AccountName and AccountKey, or BlobEndpoint and SharedAccessSignature: copy the whole connection string from the storage account's access keys
            connectionString | AccountName=abc;AccountKey=canary!                | holds an account key that is not Base64: copy it whole, to the == at its end
            connectionString | AccountName=Canary;AccountKey=c2VjcmV0            | must be the account's name: 3 to 24 small letters and digits
            connectionString | AccountName=abc;SharedAccessSignature=canary      | holds no signature (sig=…): copy the whole SAS, from ?sv= to its end
            connectionString | AccountName=abc;AccountKey=c2Vj;BlobEndpoint=canary | must be an https:// or http:// URL with a host and without a user name
            accountName      | canary_canary                                     | must be the account's name: 3 to 24 small letters and digits
            accountKey       | canary!                                           | holds an account key that is not Base64: copy it whole, to the == at its end
            sasUrl           | https://a.blob.core.windows.net/canary            | holds no signature (sig=…): copy the whole SAS, from ?sv= to its end
            sasUrl           | ftp://a/canary?sig=canary                         | must be an https:// or http:// URL with a host and without a user name
            sasUrl           | https://u:canary@a/c?sig=canary                   | must be an https:// or http:// URL with a host and without a user name
            sasUrl           | https://a/c/canary.jpg?sr=b&sig=canary            | is signed for a single blob (sr=b): make a SAS for the container, with create and write
            sasUrl           | https://a/?sr=c&sig=canary                        | is signed for a container (sr=c) but names none: https://account.blob.core.windows.net/container?…
            endpoint         | http://h/abc?sig=canary                           | must be the address alone, without ? and #: a SAS belongs into sasUrl
            endpoint         | h:11002/canary                                    | must be an https:// or http:// URL with a host and without a user name
            container        | Canary                                            | must be 3 to 63 small letters, digits and single hyphens between them
            container        | a--b                                              | must be 3 to 63 small letters, digits and single hyphens between them
            container        | ab                                                | must be 3 to 63 small letters, digits and single hyphens between them
            container        | -abc                                              | must be 3 to 63 small letters, digits and single hyphens between them
            apiVersion       | 2019-7-7                                          | must be the date of a version of the service, such as 2019-07-07
            apiVersion       | 2019-02-30                                        | must be the date of a version of the service, such as 2019-07-07
            folder           | pictures                                          | must be the absolute path of a folder, such as /spool: no .. in it, and not / itself
            """)
    void refusesWhatCannotBeAndRepeatsNothing(String key, String value, String problem) {
        List<Problem> problems = problems("{\"storage\": {\"" + key + "\": \"" + value + "\"}}");

        assertThat(problems).contains(new Problem("storage." + key, problem));
        assertThat(problems.toString()).doesNotContainIgnoringCase("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "connectionString": "AccountName=abc;AccountKey=c2Vj", "folder": "/p"  | [connectionString, folder]
            "accountName": "abc", "folder": "/p"                                   | [accountName, folder]
            "accountName": "abc", "accountKey": "c2Vj", "folder": "/p"             | [accountName, accountKey, folder]
            "sasUrl": "https://h/c?sig=1", "folder": "/p"                          | [sasUrl, folder]
            """)
    void refusesTwoWaysAtOnce(String ways, String named) {
        assertThat(problems("{\"storage\": {" + ways + "}}"))
                .containsExactly(new Problem(
                        "storage.folder",
                        "is one of several ways that are given, " + named
                                + "; leave one: connectionString, or accountName with accountKey, or sasUrl, or folder"
                                + " (null takes the others out of a twin)"));
    }

    @Test
    void refusesHalfAWay() {
        assertThat(problems("{\"storage\": {\"accountName\": \"abc\"}}"))
                .extracting(Problem::path)
                .containsExactly("storage.accountKey");
        assertThat(problems("{\"storage\": {\"accountKey\": \"c2Vj\"}}"))
                .extracting(Problem::path)
                .containsExactly("storage.accountName");
        assertThat(problems("{\"storage\": {\"endpoint\": \"http://h/a\"}}"))
                .containsExactly(new Problem(
                        "storage.endpoint", "is used with accountName and accountKey only, and they are not set"));
    }

    @Test
    void takesCredentialsFromTheEnvironmentWhereTheTwinHasNone() {
        Map<String, String> byText = Map.of("BLOB_CONNECTION_STRING", TEXT, "BLOB_ACCOUNT_NAME", "");
        Map<String, String> byKey = Map.of("BLOB_ACCOUNT_NAME", "abc", "BLOB_ACCOUNT_KEY", "c2Vj");
        Place account = new AccountKey("abc", new Secret("c2Vj"), Optional.empty());

        assertThat(place("{}", byText)).isEqualTo(new ConnectionString(new Secret(TEXT)));
        assertThat(place("{}", byKey)).isEqualTo(account);
        assertThat(place("{\"accountName\": \"abc\"}", byKey)).isEqualTo(account);
        assertThat(place("{\"folder\": \"/p\"}", byText)).isEqualTo(new Folder(Path.of("/p")));
        assertThat(place("{\"endpoint\": \"http://h:1/abc\"}", byKey))
                .isEqualTo(new AccountKey("abc", new Secret("c2Vj"), Optional.of(URI.create("http://h:1/abc"))));
        assertThat(Desired.valid("{}", byKey)
                        .inForce()
                        .getAsJsonObject("storage")
                        .get("accountKey")
                        .getAsString())
                .isEqualTo("***");
    }

    @Test
    void doesNotMixTheKeyOfOneAccountWithTheNameOfAnother() {
        assertThat(problems(
                        "{\"storage\": {\"accountName\": \"other\"}}",
                        Map.of("BLOB_ACCOUNT_NAME", "abc", "BLOB_ACCOUNT_KEY", "c2Vj")))
                .extracting(Problem::path)
                .containsExactly("storage.accountKey");
    }

    @Test
    void namesTheVariableThatIsWrong() {
        assertThat(problems("{}", Map.of("BLOB_CONNECTION_STRING", "$BLOB")))
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("storage.connectionString: (from the environment, BLOB_CONNECTION_STRING) still holds a");
    }

    @Test
    void anEmptyVersionIsTheUsualOne() {
        StorageSettings storage = Desired.valid("{\"storage\": {\"apiVersion\": \"2019-07-07\"}}")
                .settings()
                .storage();

        assertThat(storage.apiVersion()).contains("2019-07-07");
        assertThat(Settings.defaults().storage().apiVersion()).isEmpty();
    }

    private static Place place(String storage) {
        return place(storage, Map.of());
    }

    private static Place place(String storage, Map<String, String> environment) {
        return Desired.valid("{\"storage\": " + storage + "}", environment)
                .settings()
                .storage()
                .place();
    }
}
