package org.slash64.deploy.pipeline;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.fallback.FallbackSettings;
import org.slash64.connectors.milter.MilterSettings;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.enrichers.domain.DnsBlocklist;
import org.slash64.topology.TopologySettings;

/**
 * What a run is told.
 *
 * @param data folder for everything that is kept
 * @param zones folder for the published files
 * @param endpoints the user's own Kafka and registry; empty starts the embedded ones
 * @param kafkaPort port of the embedded broker; 0 for the last one used, or a free one
 * @param registryPort port of the embedded registry; likewise
 * @param standbyReplicas copies of each state store on other instances
 * @param dns servers to ask; empty for the system's
 * @param blocklists DNS blocklists to ask
 * @param logs files and patterns of files to read, {@code -} for standard input
 * @param follow true to go on reading them as they grow and rotate, and new files of the patterns
 * @param logHost logging host of their lines that name none
 * @param memory what the state stores may take
 * @param link to a page that tells why, for replies and zones
 * @param publish how the list is published
 * @param answers what mail servers are told
 * @param fallback how often 421 is said
 * @param policy where Postfix asks; empty for nowhere
 * @param milter what the milter is told; empty for none
 * @param http how people and programs look at it; empty for no server
 * @param topology what the steps are told
 */
public record PipelineConfig(
        Path data,
        Path zones,
        Optional<Endpoints> endpoints,
        int kafkaPort,
        int registryPort,
        int standbyReplicas,
        List<InetSocketAddress> dns,
        List<DnsBlocklist> blocklists,
        List<Path> logs,
        boolean follow,
        String logHost,
        StateMemory memory,
        Optional<LinkTemplate> link,
        PublishSettings publish,
        Policy answers,
        FallbackSettings fallback,
        Optional<PolicyService> policy,
        Optional<MilterSettings> milter,
        Optional<HttpSettings> http,
        TopologySettings topology) {}
