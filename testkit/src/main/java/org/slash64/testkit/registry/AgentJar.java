package org.slash64.testkit.registry;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes {@link ParentWatch} as the jar file that {@code -javaagent} wants. */
final class AgentJar {
    private static final String CLASS_FILE = ParentWatch.class.getName().replace('.', '/') + ".class";

    private AgentJar() {}

    static void write(Path jar) throws IOException {
        try (InputStream bytes = ParentWatch.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
            if (bytes == null) {
                throw new FileNotFoundException(CLASS_FILE + " is not on the class path");
            }
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
                out.putNextEntry(new JarEntry(CLASS_FILE));
                bytes.transferTo(out);
                out.closeEntry();
            }
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", ParentWatch.class.getName());
        return manifest;
    }
}
