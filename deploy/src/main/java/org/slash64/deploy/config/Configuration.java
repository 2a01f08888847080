package org.slash64.deploy.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.fallback.FallbackSettings;
import org.slash64.connectors.milter.MilterSettings;
import org.slash64.deploy.config.yaml.Declarations;
import org.slash64.deploy.config.yaml.YamlException;
import org.slash64.deploy.config.yaml.YamlFile;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PolicyService;
import org.slash64.deploy.pipeline.PublishSettings;
import org.slash64.deploy.pipeline.StateMemory;
import org.slash64.enrichers.domain.DnsBlocklist;
import org.slash64.topology.TopologySettings;

/**
 * All that a configuration file says, with the defaults of what it does not say.
 *
 * @param data folder for everything that is kept
 * @param zones folder for published files; empty for one in the data folder
 * @param allowlist file with what is never listed
 * @param logs files and patterns of files to read, {@code -} for standard input
 * @param follow true to go on reading them as they grow and rotate, and new files of the patterns
 * @param logHost logging host of their lines that name none; empty for this machine
 * @param dns servers to ask; empty for the system's
 * @param blocklists DNS blocklists to ask
 * @param endpoints the user's own Kafka and registry; empty for the embedded ones
 * @param kafkaPort port of the embedded broker; 0 for the last one used, or a free one
 * @param registryPort port of the embedded registry; likewise
 * @param standbyReplicas copies of each state store on other instances; empty for what is usual
 * @param memory what the state stores may take
 * @param link to a page that tells why, for replies and zones
 * @param publish how the list is published
 * @param answers what mail servers are told; its exemptions and link stand elsewhere
 * @param fallback how often 421 is said
 * @param policy where Postfix asks; empty for nowhere
 * @param milter what the milter is told; empty for none
 * @param http how people and programs look at it; empty for no server
 * @param topology what the steps are told
 */
public record Configuration(
        Path data,
        Optional<Path> zones,
        Optional<Path> allowlist,
        List<Path> logs,
        boolean follow,
        Optional<String> logHost,
        List<InetSocketAddress> dns,
        List<DnsBlocklist> blocklists,
        Optional<Endpoints> endpoints,
        int kafkaPort,
        int registryPort,
        Optional<Integer> standbyReplicas,
        StateMemory memory,
        Optional<LinkTemplate> link,
        PublishSettings publish,
        Policy answers,
        FallbackSettings fallback,
        Optional<PolicyService> policy,
        Optional<MilterSettings> milter,
        Optional<HttpSettings> http,
        TopologySettings topology) {

    private static final YamlFile<Configuration> FILE =
            new YamlFile<>("What the program as a whole is told.", ConfigurationFields::read);

    /**
     * Reads a file.
     *
     * @throws YamlException with all mistakes, where there are any
     */
    public static Configuration read(Path file) throws YamlException {
        return FILE.read(file);
    }

    /**
     * Reads the text of a file.
     *
     * @param name what mistakes call it
     * @throws YamlException with all mistakes, where there are any
     */
    public static Configuration parse(String name, String text) throws YamlException {
        return FILE.read(name, text);
    }

    /** What holds without a file. */
    public static Configuration defaults() {
        try {
            return parse("defaults", "");
        } catch (YamlException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All fields that a file may have. */
    static List<Declarations.Group> declared() {
        return FILE.declared();
    }
}
