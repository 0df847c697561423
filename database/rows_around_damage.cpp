// SPDX-License-Identifier: GPL-3.0-or-later
#include "rows_around_damage.h"

#include "connection.h"

#include <limits>
#include <optional>

#include <sqlite3.h>

namespace nunatak::database {

namespace {

/// Keys that are tried one by one behind a place that cannot be read, since a page holds far fewer rows;
/// farther off it goes on in larger and larger steps.
constexpr int oneByOne = 5'000;

bool isDamage(int code) {
    return code == SQLITE_CORRUPT || code == SQLITE_IOERR || code == SQLITE_NOTADB;
}

} // namespace

ReadAround readAround(SQLite::Database& connection, const std::string& table, const std::string& key,
                      const std::string& columns, const std::function<void(SQLite::Statement& row)>& take) {
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    const std::string from = " FROM " + sqlName(table) + " WHERE " + key + " >= ? ORDER BY " + key;
    const std::string whole = "SELECT " + key + (columns.empty() ? "" : ", ") + columns + from;
    // The first row from a place on; false where its page, or what is asked of it, cannot be read, or where
    // the page is none of that place: SQLite looks for a key and does not see that another one was found.
    const auto readsFrom = [&](SQLite::Statement& row, std::int64_t place,
                               std::optional<std::int64_t>& there) {
        row.tryReset(); // what the last look failed of
        row.bind(1, place);
        const int code = row.tryExecuteStep(); // thousands may fail: an exception each would cost more
        if (code != SQLITE_ROW && code != SQLITE_DONE) {
            if (!isDamage(code)) {
                throw SQLite::Exception(connection.getHandle(), code);
            }
            return false;
        }
        there = code == SQLITE_ROW ? std::optional(row.getColumn(0).getInt64()) : std::nullopt;
        return !there || *there >= place;
    };
    SQLite::Statement keyFrom(connection, "SELECT " + key + from + " LIMIT 1");
    SQLite::Statement rowFrom(connection, whole + " LIMIT 1");
    const bool isUnique = key == "_rowid_" || key == "rowid"; // else several rows may have it
    ReadAround found;
    std::int64_t next = std::numeric_limits<std::int64_t>::min(); // nothing is known from here on
    for (bool isFirst = true;; isFirst = false) {
        const std::int64_t rowsBefore = found.rows;
        try {
            SQLite::Statement rows(connection, whole);
            rows.bind(1, next);
            std::int64_t previous = next;
            while (rows.executeStep()) {
                const std::int64_t here = rows.getColumn(0).getInt64();
                const bool isAstray =
                    here < previous || (isUnique && here == previous && found.rows > rowsBefore);
                if (isAstray) { // of a page that does not belong here; going on could mean going round
                    throw SQLite::Exception("rows out of order", SQLITE_CORRUPT);
                }
                take(rows);
                ++found.rows;
                if (here == last) {
                    return found;
                }
                previous = here;
                next = here + 1;
            }
            return found;
        } catch (const SQLite::Exception& failure) {
            if (!isDamage(failure.getErrorCode())) {
                throw;
            }
            found.hasGap = found.hasGap || !isUnique; // there may have been more of the last key
        }
        if (!isFirst && found.rows == rowsBefore) { // could be read alone, and cannot
            ++found.lost;
            if (next++ == last) {
                return found;
            }
        }
        next = found.rows == 0 && next < 0 ? 0 : next;
        std::optional<std::int64_t> there;
        std::int64_t step = 1;
        for (int tries = 1; !readsFrom(keyFrom, next, there); ++tries) {
            found.hasGap = true;
            if (next >= last - step) {
                return found;
            }
            next += step;
            step = tries < oneByOne ? 1 : 2 * step;
        }
        if (!there) {
            return found;
        }
        next = *there;
        if (!readsFrom(rowFrom, next, there)) {
            ++found.lost;
            if (next++ == last) {
                return found;
            }
        }
    }
}

} // namespace nunatak::database
