package io.edgecam.storage.blob;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.edgecam.storage.StoreException;
import io.edgecam.storage.StoreException.Remedy;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

/** The requests that are made of a blob service; what goes wrong comes out as the SDK says it. For one thread at a time. */
record BlobDoor(BlobAccess access, BlobContainerClient client, Failures failures, boolean mayCreateContainer) {
    BlockBlobClient blob(String name) {
        return client.getBlobClient(name).getBlockBlobClient();
    }

    void send(
            String name,
            byte[] bytes,
            String contentType,
            Map<String, String> metadata,
            BlobRequestConditions conditions) {
        byte[] md5 = md5(bytes);
        blob(name)
                .uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(bytes))
                                .setHeaders(new BlobHttpHeaders()
                                        .setContentType(contentType)
                                        .setContentMd5(md5))
                                .setContentMd5(md5)
                                .setMetadata(metadata)
                                .setRequestConditions(conditions),
                        null,
                        Context.NONE);
    }

    /** Does it; makes the container first if it is missing and may be made. Never public: no access level is given. */
    void creating(Runnable act) throws StoreException, InterruptedException {
        try {
            act.run();
        } catch (RuntimeException e) {
            if (!mayCreateContainer || !Failures.code(e).equals("ContainerNotFound")) {
                throw e;
            }
            createContainer();
            act.run();
        }
    }

    StoreException failure(RuntimeException e, Act act) throws InterruptedException {
        return failures.of(e, act);
    }

    /**
     * Whether the name is there already, most likely from an upload whose answer got lost. A SAS that may create but
     * not overwrite may be told so only by a missing right; one that was signed for a user gets the same word when that
     * user has no right at all, so there it means nothing.
     */
    boolean isTaken(RuntimeException e) {
        String code = Failures.code(e);
        boolean createOnly = access.sas()
                .filter(sas -> sas.grants('c').orElse(false) && !sas.grants('w').orElse(true))
                .filter(sas -> !sas.leavesOutBlobs() && !sas.isOfUser())
                .isPresent();
        return switch (code) {
            case "BlobAlreadyExists", "UnauthorizedBlobOverwrite", "ConditionNotMet" -> true;
            case "AuthorizationPermissionMismatch" -> createOnly;
            default -> false;
        };
    }

    /** Compares what is there with what is to be there. Where it may not be read, only a picture sent before is ours. */
    void checkOurs(String name, byte[] bytes, boolean sentBefore) throws StoreException, InterruptedException {
        boolean mayRead = access.sas().map(sas -> sas.grants('r').orElse(true)).orElse(true);
        boolean ours = sentBefore;
        try {
            if (mayRead) {
                BlobProperties there = blob(name).getProperties();
                boolean sameSum = there.getContentMd5() == null || Arrays.equals(there.getContentMd5(), md5(bytes));
                ours = there.getBlobSize() == bytes.length && sameSum;
            }
        } catch (BlobStorageException refused) {
            if (refused.getStatusCode() == 404) {
                throw new StoreException(
                        Remedy.RETRY, "BlobNotFound", "The blob " + name + " was there and is gone again");
            }
            if (refused.getStatusCode() != 403) {
                throw failure(refused, Act.CREATE);
            }
        } catch (RuntimeException e) {
            throw failure(e, Act.CREATE);
        }
        if (!ours) {
            throw new StoreException(
                    Remedy.NONE,
                    "NameTaken",
                    "Another blob is called " + name + " already: give each picture its own name"
                            + " (cameras.*.name, for instance with {sequence} or %L)");
        }
    }

    private void createContainer() throws StoreException, InterruptedException {
        try {
            client.create();
        } catch (RuntimeException e) {
            if (!Failures.code(e).equals("ContainerAlreadyExists")) {
                throw failure(e, Act.CREATE_CONTAINER);
            }
        }
    }
    /** The MD5 of the bytes; the service checks it on arrival and keeps it with the blob. */
    static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
