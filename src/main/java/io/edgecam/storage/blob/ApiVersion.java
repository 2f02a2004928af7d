package io.edgecam.storage.blob;

import com.azure.storage.blob.BlobServiceVersion;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The version of the blob service's interface that is spoken.
 *
 * @param base what the SDK works by
 * @param spoken what stands in the request; older than any the SDK knows, perhaps: a plain upload has not changed since
 */
record ApiVersion(BlobServiceVersion base, String spoken) {
    /** The newest that Azurite 3.35 knows, too. */
    static final BlobServiceVersion USUAL = BlobServiceVersion.V2025_11_05;

    private static final List<String> OLDER =
            List.of("2017-04-17", "2017-07-29", "2017-11-09", "2018-03-28", "2018-11-09");

    static ApiVersion of(Optional<String> setting) throws StoreException {
        String wanted = setting.orElse(USUAL.getVersion());
        if (OLDER.contains(wanted)) {
            return new ApiVersion(BlobServiceVersion.V2019_02_02, wanted);
        }
        for (BlobServiceVersion version : BlobServiceVersion.values()) {
            if (version.getVersion().equals(wanted)) {
                return new ApiVersion(version, wanted);
            }
        }
        throw new StoreException(
                Remedy.OPERATOR,
                "ApiVersionUnknown",
                "storage.apiVersion " + wanted + " is not known here; known are "
                        + Stream.concat(
                                        OLDER.stream(),
                                        Arrays.stream(BlobServiceVersion.values())
                                                .map(BlobServiceVersion::getVersion))
                                .collect(Collectors.joining(", ")));
    }

    boolean isOlderThanSdk() {
        return !base.getVersion().equals(spoken);
    }
}
