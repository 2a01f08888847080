package org.slash64.deploy.bench.policy;

import java.io.IOException;

/** Something that asks the server at a rate. */
@FunctionalInterface
interface Load {

    /** Asks so many times a second, unmeasured at first. */
    Latencies ask(int rate) throws IOException, InterruptedException;
}
