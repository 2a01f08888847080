package org.slash64.deploy.bench.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slash64.deploy.bench.Side;

/** pflogsumm, from its start to its end, with the options that it has by default. */
record PflogsummSide(MeasuredProcess processes, Path program, Path log, long lines) implements Side {

    @Override
    public String label() {
        return "pflogsumm";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        MeasuredProcess.Result result = processes.run(List.of(program.toString(), log.toString()));
        if (!result.output().contains("received")) {
            throw new IOException("pflogsumm found no messages");
        }
        return lines / (result.elapsed().toNanos() / 1e9);
    }

    /** Its version. */
    String version() throws IOException, InterruptedException {
        return processes.run(List.of(program.toString(), "--version")).output().strip();
    }

    /** One of its grand totals, such as {@code received}; it rounds those above half a million. */
    long total(Path sample, String what) throws IOException, InterruptedException {
        String output =
                processes.run(List.of(program.toString(), sample.toString())).output();
        Matcher total =
                Pattern.compile("(?m)^ *(\\d+) +" + Pattern.quote(what) + "\\b").matcher(output);
        if (!total.find()) {
            throw new IOException("pflogsumm does not tell how many were " + what);
        }
        return Long.parseLong(total.group(1));
    }
}
