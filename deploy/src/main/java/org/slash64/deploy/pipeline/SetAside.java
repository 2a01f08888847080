package org.slash64.deploy.pipeline;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.RegistryException;
import org.slash64.topology.DeadLetterStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets records aside that are not what their topic holds: they go to the dead-letter topic and the stream goes on. Where
 * only the registry could not be asked, the record may be good, and the stream stops to try again.
 */
public final class SetAside implements DeserializationExceptionHandler {

    /** Under this name the configuration of the stream carries what counts. */
    static final String STATISTICS = "slash64.dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

    private DeadLetterStatistics statistics;

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (RegistryException.Unavailable.isCauseOf(exception)) {
            return Response.fail();
        }
        String where = record.topic() + "-" + record.partition() + " at offset " + record.offset();
        LOG.warn("Set aside a record of {}: {}", where, exception.getMessage());
        byte[] value = record.value() == null ? new byte[0] : record.value();
        DeadLetter letter = DeadLetter.of(value, DeadLetterStatistics.NOT_AVRO, where + ": " + exception.getMessage());
        statistics.count(letter);
        return Response.resume(List.of(new ProducerRecord<>(
                Topics.SMTP_DEAD_LETTER.name(), null, record.key(), letter.value(), letter.headers())));
    }

    @Override
    public void configure(Map<String, ?> configs) {
        statistics = (DeadLetterStatistics) configs.get(STATISTICS);
    }
}
