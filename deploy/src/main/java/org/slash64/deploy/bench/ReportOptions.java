package org.slash64.deploy.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How a result is shown. A mixin. */
public final class ReportOptions {

    @Option(names = "--json", description = "The result as one line of JSON.")
    private boolean json;

    /**
     * Shows it one way or the other.
     *
     * @param asJson the result for programs
     * @param print prints it for people
     */
    public void show(PrintWriter out, ObjectNode asJson, Consumer<PrintWriter> print) {
        if (json) {
            out.println(asJson);
        } else {
            print.accept(out);
        }
        out.flush();
    }
}
