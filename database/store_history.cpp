// SPDX-License-Identifier: GPL-3.0-or-later
#include "column_values.h"
#include "merged_steps.h"
#include "schema.h"
#include "store_impl.h"

#include <limits>
#include <unordered_map>
#include <utility>

// What the history says of many steps at once.
namespace nunatak::database {

std::vector<MergedRow> readMerged(SQLite::Database& connection,
                                  const std::optional<std::pair<std::string, std::string>>& outline) {
    std::vector<MergedRow> merged;
    if (!connection.tableExists("gpkgext_nunatak_merged_steps") ||
        !connection.tableExists("gpkgext_nunatak_merged_changes")) {
        return merged;
    }
    SQLite::Statement rows(
        connection,
        "SELECT step, source, id, time, description, COALESCE(undoes, 0), tool, analyst, picture, " +
            columnOrNull(connection, "gpkgext_nunatak_merged_steps", "content") +
            " FROM gpkgext_nunatak_merged_steps" +
            (outline ? " WHERE (step, position) IN (SELECT step, position FROM "
                       "gpkgext_nunatak_merged_changes WHERE layer = ? AND uuid = ?)"
                     : "") +
            " ORDER BY step, position");
    if (outline) {
        rows.bind(1, outline->first);
        rows.bind(2, outline->second);
    }
    while (rows.executeStep()) {
        merged.push_back(
            {rows.getColumn(0).getInt64(),
             rows.getColumn(1).getString(),
             {rows.getColumn(2).getInt64(), rows.getColumn(3).getString(), rows.getColumn(4).getString(),
              rows.getColumn(5).getInt64(), rows.getColumn(6).getString(), rows.getColumn(7).getString(),
              rows.getColumn(8).getString()},
             rows.getColumn(9).getInt64()});
    }
    return merged;
}

std::vector<MergedRow> Store::mergedStepsOf(const std::string& layer, const std::string& uuid) {
    return wrapped(m_impl->file,
                   [&] { return readMerged(m_impl->connection, std::pair(m_impl->nameThen(layer), uuid)); });
}

std::vector<MergedRow> Store::mergedSteps() {
    return wrapped(m_impl->file, [&] {
        std::vector<MergedRow> merged = readMerged(m_impl->connection, {});
        std::map<std::pair<std::int64_t, int>, MergedRow*> places;
        std::int64_t step = 0;
        int position = 0;
        for (MergedRow& row : merged) { // they are numbered within their merge
            position = row.step == step ? position + 1 : 0;
            step = row.step;
            places.emplace(std::pair(step, position), &row);
        }
        if (merged.empty()) {
            return merged;
        }
        SQLite::Statement rows(m_impl->connection,
                               "SELECT step, position, layer, uuid FROM gpkgext_nunatak_merged_changes");
        while (rows.executeStep()) {
            const auto place = places.find({rows.getColumn(0).getInt64(), rows.getColumn(1).getInt()});
            if (place != places.end()) {
                place->second->outlines.emplace_back(m_impl->nameNow(rows.getColumn(2).getString()),
                                                     rows.getColumn(3).getString());
            }
        }
        return merged;
    });
}

void Store::forEachChangeAfter(std::int64_t step,
                               const std::function<void(std::int64_t, ReverseChange&&)>& take) {
    wrapped(m_impl->file, [&] {
        if (!m_impl->connection.tableExists("gpkgext_nunatak_changes")) {
            return; // another program removed it
        }
        SQLite::Statement rows(
            m_impl->connection,
            "SELECT step, layer, uuid, before_kind, before_prefix, before_suffix, before_bytes, after_hash "
            "FROM gpkgext_nunatak_changes WHERE step > ? ORDER BY step DESC, position DESC");
        rows.bind(1, step);
        while (rows.executeStep()) {
            ReverseChange change{.layer = m_impl->nameNow(rows.getColumn(1).getString()),
                                 .uuid = rows.getColumn(2).getString(),
                                 .before = static_cast<ReverseChange::Before>(rows.getColumn(3).getInt()),
                                 .prefix = static_cast<std::uint64_t>(rows.getColumn(4).getInt64()),
                                 .suffix = static_cast<std::uint64_t>(rows.getColumn(5).getInt64()),
                                 .bytes = bytesOf(rows.getColumn(6)),
                                 .afterHash = std::nullopt};
            if (!rows.getColumn(7).isNull()) {
                change.afterHash = rows.getColumn(7).getInt64();
            }
            take(rows.getColumn(0).getInt64(), std::move(change));
        }
    });
}

std::vector<std::int64_t> Store::layerStepsAfter(std::int64_t step) {
    return wrapped(m_impl->file, [&] {
        std::vector<std::int64_t> steps;
        if (!m_impl->connection.tableExists("gpkgext_nunatak_layer_changes")) {
            return steps;
        }
        SQLite::Statement rows(m_impl->connection, "SELECT DISTINCT step FROM gpkgext_nunatak_layer_changes "
                                                   "WHERE step > ? ORDER BY step");
        rows.bind(1, step);
        while (rows.executeStep()) {
            steps.push_back(rows.getColumn(0).getInt64());
        }
        return steps;
    });
}

void Store::forEachTouch(
    const std::function<void(std::int64_t, const std::string&, const std::string&)>& take) {
    wrapped(m_impl->file, [&] {
        if (!m_impl->connection.tableExists("gpkgext_nunatak_changes")) {
            return;
        }
        SQLite::Statement rows(m_impl->connection, "SELECT step, layer, uuid FROM gpkgext_nunatak_changes "
                                                   "ORDER BY step, position");
        while (rows.executeStep()) {
            take(rows.getColumn(0).getInt64(), m_impl->nameNow(rows.getColumn(1).getString()),
                 rows.getColumn(2).getString());
        }
    });
}

std::map<std::int64_t, std::int64_t> Store::contentsOfSteps() {
    return wrapped(m_impl->file, [&] {
        std::map<std::int64_t, std::int64_t> contents;
        if (!m_impl->connection.tableExists("gpkgext_nunatak_changes")) {
            return contents;
        }
        SQLite::Statement rows(m_impl->connection, "SELECT step, uuid, after_hash FROM "
                                                   "gpkgext_nunatak_changes ORDER BY step, position");
        while (rows.executeStep()) {
            std::int64_t& content = contents[rows.getColumn(0).getInt64()];
            content = withChange(content, rows.getColumn(1).getString(),
                                 rows.getColumn(2).isNull() ? std::nullopt
                                                            : std::optional(rows.getColumn(2).getInt64()));
        }
        return contents;
    });
}

std::int64_t withChange(std::int64_t content, const std::string& uuid, std::optional<std::int64_t> hash) {
    constexpr std::uint64_t prime = 0x100000001B3ULL; // FNV-1a
    std::uint64_t state = static_cast<std::uint64_t>(content) ^ 0xCBF29CE484222325ULL;
    const auto add = [&](std::uint64_t value) {
        state = (state ^ value) * prime;
        state ^= state >> 29U;
    };
    for (const char letter : uuid) {
        add(static_cast<unsigned char>(letter));
    }
    add(hash ? 1 : 0);
    add(static_cast<std::uint64_t>(hash.value_or(0)));
    return state == 0 ? 1 : static_cast<std::int64_t>(state);
}

void Store::forEachLastState(const std::function<void(std::int64_t, const std::string&, const std::string&,
                                                      std::optional<std::int64_t>)>& take,
                             std::optional<std::int64_t> until) {
    wrapped(m_impl->file, [&] {
        if (!m_impl->connection.tableExists("gpkgext_nunatak_changes")) {
            return;
        }
        struct State {
            std::int64_t step = 0;
            std::string layer;
            std::string uuid;
            std::optional<std::int64_t> hash;
        };
        std::unordered_map<std::string, State> last;
        SQLite::Statement rows(m_impl->connection,
                               "SELECT layer, uuid, after_hash, step FROM gpkgext_nunatak_changes "
                               "WHERE step <= ? ORDER BY step, position");
        rows.bind(1, until.value_or(std::numeric_limits<std::int64_t>::max()));
        while (rows.executeStep()) {
            std::string layer = m_impl->nameNow(rows.getColumn(0).getString());
            std::string uuid = rows.getColumn(1).getString();
            State& state = last[layer + '/' + uuid];
            state = {rows.getColumn(3).getInt64(), std::move(layer), std::move(uuid), std::nullopt};
            if (!rows.getColumn(2).isNull()) {
                state.hash = rows.getColumn(2).getInt64();
            }
        }
        for (const auto& [key, state] : last) {
            take(state.step, state.layer, state.uuid, state.hash);
        }
    });
}

} // namespace nunatak::database
