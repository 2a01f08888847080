package org.slash64.deploy.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.state.HostInfo;
import org.slash64.deploy.state.ClusterStates;
import org.slash64.deploy.state.StateUnavailableException;
import org.slash64.deploy.state.SubjectState;
import org.slash64.schemas.Subject;

/** Other instances, asked by {@code /api/state}. */
public final class HttpPeers implements ClusterStates.Peers {

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** A network with as many prefixes as are told has about a MiB. */
    private static final int MAX_ANSWER = 8 << 20;

    private final String scheme;
    private final ObjectMapper json = Json.mapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** @param scheme http or https, which all instances have in common */
    public HttpPeers(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public SubjectState ask(HostInfo peer, Subject subject) throws StateUnavailableException {
        String name = (peer.host().indexOf(':') < 0 ? peer.host() : "[" + peer.host() + "]") + ":" + peer.port();
        URI address = URI.create(scheme + "://" + name + "/api/state?subject="
                + URLEncoder.encode(subject.toString(), StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == 200) {
                    return json.readValue(body.readNBytes(MAX_ANSWER), SubjectState.class);
                }
            }
            throw new StateUnavailableException(name + " answers " + response.statusCode());
        } catch (IOException e) {
            throw new StateUnavailableException(name + " does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateUnavailableException("interrupted");
        }
    }
}
