package org.slash64.deploy.http;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many there are in all
 * @param complete false where the list as a whole may lack some
 */
record Page<T>(List<T> items, long total, int offset, boolean complete) {

    static <T> Page<T> of(List<T> all, Query query, boolean complete) {
        List<T> items = all.stream().skip(query.offset()).limit(query.limit()).toList();
        return new Page<>(items, all.size(), query.offset(), complete);
    }
}
