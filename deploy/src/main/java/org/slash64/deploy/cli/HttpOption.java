package org.slash64.deploy.cli;

import java.util.Optional;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.config.HttpFields;
import org.slash64.deploy.http.HttpSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option that says where the HTTP server listens. */
final class HttpOption {

    @Option(
            names = "--http",
            paramLabel = "ADDRESS:PORT",
            converter = Converter.class,
            description = "Where the dashboard and the API are served; port 0 for a free one, off for nowhere. Default:"
                    + " 127.0.0.1:" + HttpSettings.PORT + ".")
    private Listen listen;

    /** Empty for off. */
    record Listen(Optional<ListenAddress.Tcp> address) {}

    /** What the option says, or else what was said before. */
    Optional<HttpSettings> over(Optional<HttpSettings> said) {
        return listen == null
                ? said
                : listen.address()
                        .map(address -> said.orElseGet(HttpSettings::defaults).at(address));
    }

    static final class Converter implements CommandLine.ITypeConverter<Listen> {

        @Override
        public Listen convert(String value) {
            try {
                return new Listen(HttpFields.listen(value));
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(
                        "'" + value + "' is no address with a port, such as 127.0.0.1:8064 or [::1]:0, and not off");
            }
        }
    }
}
