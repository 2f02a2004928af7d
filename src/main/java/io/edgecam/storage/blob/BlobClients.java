package io.edgecam.storage.blob;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.SharedExecutorService;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.edgecam.thread.NamedThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import reactor.core.publisher.Mono;

/**
 * Builds the SDK's clients: small pools, and no retries of its own, because the uploader does that where it can be seen
 * and stopped.
 */
final class BlobClients {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    static {
        ScheduledThreadPoolExecutor few = new ScheduledThreadPoolExecutor(2, new NamedThreads("blob-sdk"));
        few.setKeepAliveTime(30, java.util.concurrent.TimeUnit.SECONDS);
        few.allowCoreThreadTimeOut(true);
        SharedExecutorService.getInstance().setExecutorService(few);
    }

    private BlobClients() {}

    static BlobContainerClient open(BlobAccess access, ApiVersion version, Duration timeout) {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(access.endpoint())
                .containerName(access.container())
                .serviceVersion(version.base())
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, timeout, null, null, null))
                .httpClient(http(timeout));
        if (version.isOlderThanSdk()) {
            builder.addPolicy(new OlderVersion(version.spoken()));
        }
        if (access.sas().isPresent()) {
            builder.sasToken(access.sas().get().token().reveal());
        } else {
            builder.credential(new StorageSharedKeyCredential(
                    access.accountName(), access.accountKey().reveal()));
        }
        return builder.buildClient();
    }

    private static HttpClient http(Duration timeout) {
        return new JdkHttpClientBuilder()
                .connectionTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
                .responseTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
    }

    /** Says a version that the SDK does not know any more, before the request is signed. */
    private record OlderVersion(String version) implements HttpPipelinePolicy {
        private static final HttpHeaderName VERSION = HttpHeaderName.fromString("x-ms-version");

        @Override
        public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            context.getHttpRequest().getHeaders().set(VERSION, version);
            return next.process();
        }

        @Override
        public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
            context.getHttpRequest().getHeaders().set(VERSION, version);
            return next.processSync();
        }

        @Override
        public HttpPipelinePosition getPipelinePosition() {
            return HttpPipelinePosition.PER_CALL;
        }
    }
}
