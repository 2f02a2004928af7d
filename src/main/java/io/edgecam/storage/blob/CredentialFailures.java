package io.edgecam.storage.blob;

import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Says why a door stays shut: key, SAS, right or clock. For any number of threads. */
final class CredentialFailures {
    /** The service refuses requests that are dated further from its own time. */
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private final BlobAccess access;

    CredentialFailures(BlobAccess access) {
        this.access = access;
    }

    /** @param serviceTime what the service's clock says */
    StoreException of(String code, Act act, Instant here, Optional<Instant> serviceTime) {
        Instant now = serviceTime.orElse(here);
        return switch (code) {
            case "AuthorizationProtocolMismatch" ->
                failure(
                        code,
                        "The SAS in " + access.setting() + " is for https only (spr=https), the endpoint is http");
            case "AuthorizationSourceIPMismatch" ->
                failure(
                        code,
                        "The SAS in " + access.setting() + " is not for this device's address (sip=): make one"
                                + " without an address range");
            case "KeyBasedAuthenticationNotPermitted" ->
                failure(
                        code,
                        "The storage account at " + access.endpoint()
                                + " allows no access by key: allow it, or set storage.sasUrl to a user delegation SAS");
            default -> {
                Optional<StoreException> reason =
                        access.sas().isPresent() ? bySas(access.sas().get(), code, act, now) : byClock(here, now);
                yield reason.orElseGet(() -> byCredential(code, act));
            }
        };
    }

    private Optional<StoreException> bySas(Sas sas, String code, Act act, Instant now) {
        if (sas.expires().filter(now::isAfter).isPresent()) {
            return Optional.of(failure(
                    "SasExpired",
                    "The SAS in " + access.setting() + " expired at "
                            + sas.expires().get()
                            + " (the service's time is " + now.truncatedTo(ChronoUnit.SECONDS)
                            + "): make a new one and set it"));
        }
        if (sas.starts().filter(now::isBefore).isPresent()) {
            return Optional.of(failure(
                    "SasNotYetValid",
                    "The SAS in " + access.setting() + " is valid only from "
                            + sas.starts().get()
                            + " on (the service's time is " + now.truncatedTo(ChronoUnit.SECONDS)
                            + "): wait, or make one that starts earlier"));
        }
        boolean lacksRight = code.endsWith("Mismatch") || code.equals("UnauthorizedBlobOverwrite");
        if (lacksRight || !missing(sas, act).isEmpty()) {
            return Optional.of(rightMissing(sas, act));
        }
        return Optional.empty();
    }

    private StoreException rightMissing(Sas sas, Act act) {
        String missing = missing(sas, act);
        String has = sas.rights().map(rights -> "it has sp=" + rights).orElse("its stored policy says which it has");
        return failure(
                "RightMissing",
                "The SAS in " + access.setting() + " may not " + doing(act) + ": it lacks "
                        + (missing.isEmpty() ? "a right for that" : missing) + " (" + has
                        + "); make a new one and set it");
    }

    private static String missing(Sas sas, Act act) {
        if (sas.leavesOutBlobs()) {
            return "blobs as objects (ss=b, srt=o)";
        }
        boolean create = sas.grants('c').orElse(true);
        boolean write = sas.grants('w').orElse(true);
        return switch (act) {
            case CREATE -> create || write ? "" : "create (c) or write (w)";
            case REPLACE -> write ? "" : "write (w)";
            case CREATE_CONTAINER ->
                sas.leavesOutContainers()
                        ? "containers (an account SAS with srt=c)"
                        : create || write ? "" : "create (c)";
        };
    }

    private String doing(Act act) {
        return switch (act) {
            case CREATE -> "store pictures in " + access.where();
            case REPLACE -> "replace blobs in " + access.where();
            case CREATE_CONTAINER -> "create the container " + access.container();
        };
    }

    private static Optional<StoreException> byClock(Instant here, Instant service) {
        Duration ahead = Duration.between(service, here);
        if (ahead.abs().compareTo(TOLERANCE.minusMinutes(1)) < 0) {
            return Optional.empty();
        }
        return Optional.of(failure(
                "ClockWrong",
                "This device's clock is " + inWords(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of")
                        + " the blob service's, at most " + TOLERANCE.toMinutes()
                        + " minutes are taken: set the host's time (NTP)"));
    }

    private StoreException byCredential(String code, Act act) {
        if (access.sas().isPresent()) {
            return failure(
                    "AuthenticationFailed",
                    "The blob service " + access.endpoint() + " refuses the SAS in " + access.setting()
                            + ": it was altered, its policy was revoked"
                            + (access.sas().get().hasAddressRange() ? ", it is for other addresses (sip=)" : "")
                            + " or the key that signed it was renewed; make a new one and set it");
        }
        if (code.equals("AuthorizationPermissionMismatch")) {
            return failure("RightMissing", "The key in " + access.setting() + " may not " + doing(act));
        }
        return failure(
                "AuthenticationFailed",
                "The blob service " + access.endpoint() + " refuses the key of account " + access.accountName() + " in "
                        + access.setting() + ": it is wrong or was renewed, or the account's firewall keeps this"
                        + " device out; set a valid one");
    }

    private static String inWords(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return (time.toHours() > 0 ? time.toHours() + " h " : "") + time.toMinutesPart() + " min";
    }

    private static StoreException failure(String code, String sentence) {
        return new StoreException(Remedy.OPERATOR, code, sentence);
    }
}
