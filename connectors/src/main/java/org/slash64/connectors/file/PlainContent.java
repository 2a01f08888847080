package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that holds its text as it is. */
record PlainContent(FileChannel file) implements LogContent {

    @Override
    public int read(ByteBuffer buffer, long offset) throws IOException {
        return file.read(buffer, offset);
    }

    @Override
    public boolean grows() {
        return true;
    }

    @Override
    public long consumed(long offset) {
        return offset;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
