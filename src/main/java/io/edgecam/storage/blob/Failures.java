package io.edgecam.storage.blob;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Puts the failures of a blob service into words that an operator can act on. No message of the service or the SDK is
 * passed on: they may quote signatures. For any number of threads.
 */
final class Failures {
    private static final HttpHeaderName CODE = HttpHeaderName.fromString("x-ms-error-code");
    private static final String MD5_MISMATCH_OF_AZURITE = "InvalidOperation";

    private final BlobAccess access;
    private final ApiVersion version;
    private final NetworkFailures network;
    private final CredentialFailures credentials;
    private final InstantSource clock;

    Failures(BlobAccess access, ApiVersion version, Duration timeout, InstantSource clock) {
        this.access = access;
        this.version = version;
        this.network = new NetworkFailures(access, timeout, clock);
        this.credentials = new CredentialFailures(access);
        this.clock = clock;
    }

    /** The service's own word for what went wrong; empty if it was not the service that spoke. */
    static String code(RuntimeException e) {
        return NetworkFailures.cause(e, HttpResponseException.class)
                .map(HttpResponseException::getResponse)
                .map(answer -> answer.getHeaderValue(CODE))
                .orElse("");
    }

    /** @throws InterruptedException if the thread is to stop and nothing else is wrong */
    StoreException of(RuntimeException e, Act act) throws InterruptedException {
        Optional<HttpResponseException> answer =
                NetworkFailures.cause(e, HttpResponseException.class).filter(said -> said.getResponse() != null);
        return answer.isPresent() ? answered(answer.get(), act) : network.of(e);
    }

    private StoreException answered(HttpResponseException e, Act act) {
        String code = code(e);
        String container = access.container();
        String service = "The blob service " + access.endpoint();
        return switch (code) {
            case "AuthenticationFailed",
                    "AuthorizationFailure",
                    "InvalidAuthenticationInfo",
                    "NoAuthenticationInformation",
                    "KeyBasedAuthenticationNotPermitted",
                    "AuthorizationPermissionMismatch",
                    "AuthorizationResourceTypeMismatch",
                    "AuthorizationServiceMismatch",
                    "AuthorizationProtocolMismatch",
                    "AuthorizationSourceIPMismatch",
                    "UnauthorizedBlobOverwrite" -> credentials.of(code, act, clock.instant(), serviceTime(e));
            case "ContainerNotFound" ->
                operator(
                        code,
                        "There is no " + access.where()
                                + ": create it, or set storage.createContainer to true (with an account key or a SAS that may)");
            case "ContainerBeingDeleted" ->
                retry(
                        code,
                        "The container " + container + " is being deleted, which takes the service half a minute or"
                                + " more; until then pictures wait");
            case "ContainerDisabled" ->
                operator(
                        code,
                        "The container " + container + " was disabled at " + access.endpoint()
                                + ": ask the owner of the account");
            case "AccountIsDisabled" ->
                operator(
                        code,
                        "The storage account of " + access.endpoint()
                                + " is disabled: enable it (unpaid subscription?) or set another");
            case "InsufficientAccountPermissions", "WriteOperationsDisabled" ->
                operator(
                        "AccountReadOnly",
                        service + " takes nothing: it is read only (a secondary endpoint, or locked);"
                                + " set the primary endpoint or unlock it");
            case "InvalidHeaderValue", "UnsupportedHeader", "InvalidApiVersion" ->
                operator(
                        "ApiVersionRefused",
                        service + " refuses API version " + version.spoken()
                                + ": set storage.apiVersion to an older one, for instance 2021-12-02, 2019-07-07 or 2017-04-17"
                                + " (Blob Storage on IoT Edge)");
            case "Md5Mismatch", MD5_MISMATCH_OF_AZURITE ->
                retry(
                        "Md5Mismatch",
                        "The picture was damaged on its way to " + access.endpoint() + " and was refused there");
            case "RequestBodyTooLarge" ->
                new StoreException(
                        Remedy.NONE,
                        code,
                        "The picture is too large for " + access.endpoint() + ": lower cameras.*.quality or the size");
            case "InvalidResourceName", "InvalidUri", "OutOfRangeInput" ->
                new StoreException(
                        Remedy.NONE,
                        code,
                        service + " does not take the blob's name (" + code + "): change cameras.*.name");
            case "BlobImmutableDueToPolicy" ->
                operator(
                        code,
                        "A policy of the container " + container + " forbids to replace blobs: set cameras.*.latest"
                                + " to \"\" or use another container");
            default -> byStatus(e.getResponse().getStatusCode(), code);
        };
    }

    private StoreException byStatus(int status, String code) {
        String service = "The blob service " + access.endpoint();
        String said = "HTTP " + status + (code.isEmpty() ? "" : " " + code);
        if (status == 507 || code.contains("Quota") || code.equals("AccountLimitExceeded")) {
            return operator(
                    "QuotaExceeded",
                    service + " has no room left (" + said + "): delete old pictures there or raise" + " its limit");
        }
        if (status >= 500 || status == 429 || status == 408) {
            return retry(code.isEmpty() ? "ServiceBusy" : code, service + " is busy or ill (" + said + ")");
        }
        if (status == 407) {
            return operator("ProxyRefused", "The proxy on the way to " + access.host() + " asks for a password");
        }
        if (code.isEmpty()) {
            return operator(
                    "NotABlobService",
                    "What answers at " + access.endpoint() + " (" + said
                            + ") is no blob service: a proxy or a sign-in page? See the endpoint in "
                            + access.setting());
        }
        return operator(code, service + " refuses pictures: " + said + "; see " + access.setting());
    }

    private static Optional<Instant> serviceTime(HttpResponseException e) {
        String date = e.getResponse().getHeaderValue(HttpHeaderName.DATE);
        try {
            return Optional.ofNullable(date)
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static StoreException operator(String code, String sentence) {
        return new StoreException(Remedy.OPERATOR, code, sentence);
    }

    private static StoreException retry(String code, String sentence) {
        return new StoreException(Remedy.RETRY, code, sentence);
    }
}
