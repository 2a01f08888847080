package org.slash64.deploy.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A PostgreSQL of the test's own on loopback, with a database of its own; it ends with the test. */
final class PostgresServer implements AutoCloseable {

    /** Where Debian keeps each version's programs. */
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** It refuses to run as root; anybody else will do. */
    private static final String NOT_ROOT = "nobody";

    private static final String USER = "slash64";
    private static final Duration MOST = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final SystemProgram server;

    private PostgresServer(Path folder, int port, SystemProgram server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /** The folder of its programs, where it is installed. */
    static Optional<Path> programs() throws IOException {
        if (SystemProgram.find("psql").isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> onPath = SystemProgram.find("initdb").map(PostgresServer::folderOf);
        if (onPath.isPresent() || Files.notExists(DEBIAN)) {
            return onPath;
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    private static Path folderOf(Path program) {
        try {
            return program.toRealPath().getParent();
        } catch (IOException e) {
            return program.getParent();
        }
    }

    /** Makes it in a folder and starts it. */
    static PostgresServer start(Path programs, Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        List<String> as = new ArrayList<>();
        if (isRoot()) {
            as.addAll(List.of("setpriv", "--reuid=" + NOT_ROOT, "--regid=nogroup", "--clear-groups"));
            Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
            var nobody = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOT_ROOT);
            Files.setOwner(folder, nobody);
            Files.setOwner(data, nobody);
        }
        run(folder, as, programs.resolve("initdb"), "-D", data.toString(), "-U", USER, "--auth=trust", "--no-sync");
        int port = freePort();
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data.toString(), "-p", "" + port));
        command.addAll(List.of("-k", folder.toString(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"));
        PostgresServer server = new PostgresServer(folder, port, SystemProgram.start(folder, Map.of(), command));
        try {
            server.awaitReady();
        } catch (Exception e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(Path folder, List<String> as, Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(as);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        try (SystemProgram started = SystemProgram.start(folder, Map.of("LC_ALL", "C.UTF-8"), command)) {
            if (started.awaitExit(MOST) != 0) {
                throw new IOException(started.output());
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + MOST.toNanos();
        while (query("select 1").isEmpty()) {
            if (System.nanoTime() > end || !server.isAlive()) {
                throw new TimeoutException("PostgreSQL does not answer: " + server.output());
            }
            Thread.sleep(200);
        }
    }

    /** For JDBC. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Who may do everything there, with any password. */
    String user() {
        return USER;
    }

    /** The rows that a statement gives, their values parted by bars; empty where it fails. */
    List<String> query(String sql) throws Exception {
        List<String> psql = List.of(
                "psql", "-X", "-A", "-t", "-q", "-h", "127.0.0.1", "-p", "" + port, "-U", USER, "-c", sql, "postgres");
        try (SystemProgram client = SystemProgram.start(folder, Map.of(), psql)) {
            return client.awaitExit(MOST) == 0
                    ? client.output().lines().filter(line -> !line.isBlank()).toList()
                    : List.of();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
