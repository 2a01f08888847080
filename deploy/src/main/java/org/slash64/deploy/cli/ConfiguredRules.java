package org.slash64.deploy.cli;

import org.slash64.connectors.allowlist.AllowlistException;
import org.slash64.connectors.allowlist.AllowlistFile;
import org.slash64.deploy.config.Configuration;
import org.slash64.topology.Rules;

/** The rules that a configuration comes to, with the allowlist of the file that it names. */
final class ConfiguredRules {

    private ConfiguredRules() {}

    /** @throws AllowlistException with all mistakes of the allowlist */
    static Rules of(Configuration said) throws AllowlistException {
        Rules rules = said.topology().rules();
        return said.allowlist().isPresent()
                ? rules.withAllowlist(AllowlistFile.read(said.allowlist().get()))
                : rules;
    }
}
