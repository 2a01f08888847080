package org.slash64.deploy.bench.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slash64.deploy.bench.live.Pace;
import org.slash64.schemas.Prefix;

/**
 * Asks about prefixes at a steady rate whether or not the answers keep up. A request waits for a connection where all are
 * busy, and that counts.
 */
final class ApiClient {

    /** At most; kept alive, and as many as are needed at once. */
    static final int CONNECTIONS = 64;

    /** So long it is waited for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String url;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /** @param url of the server, with a slash at its end or without */
    ApiClient(String url) {
        this.url = url.endsWith("/") ? url : url + "/";
    }

    private HttpRequest request(Prefix prefix) {
        return HttpRequest.newBuilder(URI.create(url + "api/prefixes/" + prefix))
                .timeout(PATIENCE)
                .build();
    }

    /** The whole answer about one prefix. */
    HttpResponse<byte[]> ask(Prefix prefix) throws IOException, InterruptedException {
        return client.send(request(prefix), HttpResponse.BodyHandlers.ofByteArray());
    }

    /**
     * Asks for some time, and waits for all answers.
     *
     * @param perSecond requests a second
     */
    ApiAnswers ask(PrefixSample prefixes, int perSecond, Duration time) throws IOException, InterruptedException {
        ApiAnswers answers = new ApiAnswers();
        Semaphore free = new Semaphore(CONNECTIONS);
        Pace pace = Pace.of(perSecond);
        long requests = pace.in(time);
        for (long number = 0; number < requests; number++) {
            HttpRequest request = request(prefixes.next());
            pace.await(number, 0);
            take(free, 1);
            long due = pace.due(number);
            CompletableFuture<?> unused = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                    .whenComplete((response, e) -> {
                        int status = response == null ? ApiAnswers.NONE : response.statusCode();
                        answers.add(status, System.nanoTime() - due);
                        free.release();
                    });
        }
        take(free, CONNECTIONS);
        return answers;
    }

    private static void take(Semaphore free, int connections) throws IOException, InterruptedException {
        if (!free.tryAcquire(connections, 2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("the API has not answered for " + 2 * PATIENCE.toSeconds() + " s");
        }
    }
}
