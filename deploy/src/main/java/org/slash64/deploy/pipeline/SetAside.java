package org.slash64.deploy.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.connectors.log.SafeText;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.RegistryException;
import org.slash64.topology.DeadLetterStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets records aside that are not what their topic holds, or that a step of the stream broke on: they go to the dead-letter
 * topic and the stream goes on, for the same record would break it each time it is read again. Where only Kafka or the
 * registry could not be asked, the record may be good, and the stream stops to try again.
 */
public final class SetAside implements DeserializationExceptionHandler, ProcessingExceptionHandler {

    /** Under this name the configuration of the stream carries what counts. */
    static final String STATISTICS = "slash64.dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

    private DeadLetterStatistics statistics;

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (RegistryException.Unavailable.isCauseOf(exception)) {
            return DeserializationExceptionHandler.Response.fail();
        }
        String where = where(record.topic(), record.partition(), record.offset());
        LOG.warn("Set aside a record of {}: {}", where, exception.getMessage());
        return DeserializationExceptionHandler.Response.resume(List.of(letter(
                record.key(), record.value(), DeadLetterStatistics.NOT_AVRO, where + ": " + exception.getMessage())));
    }

    /** Also of what a timer does, which has no record; that stops the stream. */
    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (context.sourceRawValue() == null || isOfTheMachinery(exception)) {
            return ProcessingExceptionHandler.Response.fail();
        }
        String where = where(context.topic(), context.partition(), context.offset());
        LOG.error("Set aside a record of {}, which step {} broke on", where, context.processorNodeId(), exception);
        return ProcessingExceptionHandler.Response.resume(List.of(letter(
                context.sourceRawKey(),
                context.sourceRawValue(),
                DeadLetterStatistics.BROKE_A_STEP,
                where + ": " + context.processorNodeId() + ": " + exception)));
    }

    /** Whether not the record but Kafka, the registry, a disk or the end of the program is the cause. */
    private static boolean isOfTheMachinery(Throwable exception) {
        return RegistryException.Unavailable.isCauseOf(exception)
                || Stream.iterate(exception, Objects::nonNull, Throwable::getCause)
                        .anyMatch(cause -> cause instanceof KafkaException
                                || cause instanceof IOException
                                || cause instanceof UncheckedIOException
                                || cause instanceof InterruptedException);
    }

    private static String where(String topic, int partition, long offset) {
        return topic + "-" + partition + " at offset " + offset;
    }

    /** The detail may quote the record, so it is cut and made safe. */
    private ProducerRecord<byte[], byte[]> letter(byte[] key, byte[] value, String reason, String detail) {
        DeadLetter letter = DeadLetter.of(value == null ? new byte[0] : value, reason, SafeText.of(detail));
        statistics.count(letter);
        return new ProducerRecord<>(Topics.SMTP_DEAD_LETTER.name(), null, key, letter.value(), letter.headers());
    }

    @Override
    public void configure(Map<String, ?> configs) {
        statistics = (DeadLetterStatistics) configs.get(STATISTICS);
    }
}
