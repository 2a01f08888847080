package org.slash64.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.config.Configuration;
import org.slash64.deploy.http.HttpSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine.ParseResult;

/** What the files for containers and systemd promise: the program understands them, nobody is root, nothing is written but to volumes, everything named is there. */
class DeploymentFilesTest {

    private static final Path BASE = Path.of("kubernetes", "base");
    private static final Path COMPOSE = Path.of("compose");

    private static Object yaml(Path file) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).load(Files.readString(file));
    }

    /** What stands at a path of keys; numbers are places in lists. */
    private static Object at(Object tree, Object... path) {
        Object here = tree;
        for (Object key : path) {
            here = here instanceof List<?> list ? list.get((Integer) key) : ((Map<?, ?>) here).get(key);
        }
        return here;
    }

    private static Object statefulSet(Object... path) throws IOException {
        return at(yaml(BASE.resolve("statefulset.yaml")), path);
    }

    private static Object container(Object... path) throws IOException {
        return at(statefulSet("spec", "template", "spec", "containers", 0), path);
    }

    @Test
    void kustomization_namesEveryFileBesideIt() throws IOException {
        Object kustomization = yaml(BASE.resolve("kustomization.yaml"));
        List<Object> named = new ArrayList<>((List<?>) at(kustomization, "resources"));
        named.addAll((List<?>) at(kustomization, "configMapGenerator", 0, "files"));
        named.add("kustomization.yaml");
        try (Stream<Path> files = Files.list(BASE)) {
            assertThat(files.map(file -> (Object) file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void pods_mayDoNothingThatTheyNeedNot() throws IOException {
        Object pod = statefulSet("spec", "template", "spec");
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(at(pod, "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
        assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
        assertThat(container("securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(container("securityContext", "allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(container("securityContext", "capabilities", "drop")).isEqualTo(List.of("ALL"));
        assertThat(container("resources", "limits", "memory")).isNotNull();
    }

    @Test
    void pods_areProbedAndMountWhatThereIs() throws IOException {
        assertThat(container("livenessProbe", "httpGet", "path")).isEqualTo("/health/live");
        assertThat(container("readinessProbe", "httpGet", "path")).isEqualTo("/health/ready");
        List<Object> volumes = new ArrayList<>();
        volumes.add(statefulSet("spec", "volumeClaimTemplates", 0, "metadata", "name"));
        for (Object volume : (List<?>) statefulSet("spec", "template", "spec", "volumes")) {
            volumes.add(at(volume, "name"));
        }
        for (Object mount : (List<?>) container("volumeMounts")) {
            assertThat(volumes).contains(at(mount, "name"));
        }
    }

    @Test
    void pods_findEachOtherByTheHeadlessService() throws IOException {
        Object service = yaml(BASE.resolve("service-headless.yaml"));
        assertThat(at(service, "spec", "clusterIP")).isEqualTo("None");
        assertThat(at(service, "metadata", "name")).isEqualTo(statefulSet("spec", "serviceName"));
        assertThat(Files.readString(BASE.resolve("slash64.yaml")))
                .contains("advertised: POD." + at(service, "metadata", "name") + ":");
        assertThat(at(yaml(BASE.resolve("poddisruptionbudget.yaml")), "spec", "maxUnavailable"))
                .isEqualTo(1);
    }

    @Test
    void compose_hasABrokerARegistryAndTwoInstances() throws IOException {
        Object compose = yaml(COMPOSE.resolve("compose.yaml"));
        assertThat(((Map<?, ?>) at(compose, "services")).keySet().toString()).isEqualTo("[kafka, registry, one, two]");
        for (String instance : List.of("one", "two")) {
            Object service = at(compose, "services", instance);
            assertThat(at(service, "read_only")).isEqualTo(true);
            assertThat(at(service, "cap_drop")).isEqualTo(List.of("ALL"));
            assertThat(COMPOSE.resolve(instance + ".yaml")).exists();
            assertThat((List<?>) at(service, "volumes"))
                    .anyMatch(volume ->
                            volume.toString().startsWith("./" + instance + ".yaml:/etc/slash64/slash64.yaml"));
            assertThat(yaml(COMPOSE.resolve(instance + ".yaml"))).isNotNull();
        }
    }

    @Test
    void containerfile_endsAsAUserWithoutRights() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Containerfile"));
        assertThat(lines.stream().filter(line -> line.startsWith("FROM "))).hasSize(2);
        assertThat(lines).contains("USER 10064:10064");
        assertThat(statefulSet("spec", "template", "spec", "securityContext", "runAsUser"))
                .isEqualTo(10064);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose/one.yaml", "compose/two.yaml", "kubernetes/base/slash64.yaml"})
    void configurations_areUnderstoodByTheProgram(String file) throws Exception {
        // as the pod does when it starts
        String text = Files.readString(Path.of(file)).replace("POD", "slash64-0");
        Configuration read = Configuration.parse(file, text);
        assertThat(read.http().orElseThrow().listen().port()).isEqualTo(HttpSettings.PORT);
        assertThat(read.http().orElseThrow().advertised().orElseThrow()).endsWith(":" + HttpSettings.PORT);
    }

    @Test
    void ports_areThoseOfTheConfiguration() throws Exception {
        Configuration read = Configuration.read(BASE.resolve("slash64.yaml"));
        ListenAddress.Tcp policy =
                (ListenAddress.Tcp) read.policy().orElseThrow().listen();
        Map<String, Integer> configured = Map.of("http", HttpSettings.PORT, "policy", policy.port());
        assertThat(ports((List<?>) container("ports"), "containerPort")).isEqualTo(configured);
        assertThat(ports((List<?>) at(yaml(BASE.resolve("service.yaml")), "spec", "ports"), "port"))
                .isEqualTo(configured);
        assertThat(at(yaml(BASE.resolve("service-headless.yaml")), "spec", "ports", 0, "port"))
                .isEqualTo(HttpSettings.PORT);
        Object admitted = at(yaml(BASE.resolve("networkpolicy.yaml")), "spec", "ingress", 0, "ports");
        assertThat(((List<?>) admitted).stream().map(each -> at(each, "port")))
                .containsExactlyInAnyOrderElementsOf(configured.values());
        assertThat(Files.readAllLines(Path.of("Containerfile"))).contains("EXPOSE " + HttpSettings.PORT);
        for (String instance : List.of("one", "two")) {
            assertThat(at(yaml(COMPOSE.resolve("compose.yaml")), "services", instance, "ports", 0)
                            .toString())
                    .endsWith(":" + HttpSettings.PORT);
        }
    }

    private static Map<Object, Object> ports(List<?> ports, String number) {
        return ports.stream().collect(Collectors.toMap(each -> at(each, "name"), each -> at(each, number)));
    }

    @Test
    void paths_thatAreAskedFor_areRoutesOfTheProgram() throws IOException {
        Set<String> routes = routes();
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(routes).contains(container(probe, "httpGet", "path").toString());
            assertThat(container(probe, "httpGet", "port")).isEqualTo("http");
        }
        Object service = yaml(BASE.resolve("service.yaml"));
        assertThat(routes)
                .contains(at(service, "metadata", "annotations", "prometheus.io/path")
                        .toString());
        assertThat(at(service, "metadata", "annotations", "prometheus.io/port")).isEqualTo("" + HttpSettings.PORT);
        for (String instance : List.of("one", "two")) {
            List<?> check =
                    (List<?>) at(yaml(COMPOSE.resolve("compose.yaml")), "services", instance, "healthcheck", "test");
            URI asked = URI.create(check.get(check.size() - 1).toString());
            assertThat(routes).contains(asked.getPath());
            assertThat(asked.getPort()).isEqualTo(HttpSettings.PORT);
        }
    }

    /** As the program describes them; the HTTP API's test holds that to what it serves. */
    private static Set<String> routes() throws IOException {
        try (InputStream in = HttpSettings.class.getResourceAsStream("/openapi.json")) {
            Set<String> paths = new HashSet<>();
            new ObjectMapper().readTree(in).get("paths").fieldNames().forEachRemaining(paths::add);
            return paths;
        }
    }

    @Test
    void commands_areUnderstoodByTheProgram() throws IOException {
        List<String> started = Stream.of(
                        line(Path.of("systemd", "slash64.service"), "ExecStart="),
                        container("args", 0).toString().replaceAll("(?s).*exec ", ""),
                        line(Path.of("Containerfile"), "ENTRYPOINT ") + " " + line(Path.of("Containerfile"), "CMD "))
                .map(text -> text.replaceAll("[\\[\\]\",]+", " ").strip())
                .toList();
        for (String command : started) {
            List<String> words = List.of(command.split("\\s+"));
            assertThat(words.get(0)).isEqualTo("/opt/slash64/bin/slash64");
            ParseResult parsed = Slash64.commandLine()
                    .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
            assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("run");
            assertThat(parsed.subcommand().matchedOptionValue("--data", Path.of("none")))
                    .isEqualTo(Path.of("/var/lib/slash64"));
        }
        assertThat(Path.of("bin", "slash64")).exists();
    }

    private static String line(Path file, String start) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElseThrow();
    }
}
