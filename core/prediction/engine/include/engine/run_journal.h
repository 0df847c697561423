// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A run that survives the end of the program: its finished rows as strips, and a journal that says what they
// are and what is needed to go on. The standard library alone.
namespace nunatak::engine {

/// Where strips and journal are kept: files, or memory in tests.
class RunStorage {
public:
    virtual ~RunStorage() = default;
    /// Keeps the pieces, one after the other, under a name; whole or not at all, and lastingly. Throws Error.
    virtual void put(const std::string& name, const std::vector<std::string_view>& pieces) = 0;
    /// None when there is nothing of that name. Throws Error when it cannot be read.
    virtual std::optional<std::string> get(const std::string& name) const = 0;
    /// For messages: where it is, such as "the folder …/run".
    virtual std::string place() const = 0;
};

/// What a run is of. Texts that are compared as they are.
struct RunIdentity {
    std::string scene;
    std::string model;
    std::string settings; ///< all that shapes the strips
    bool operator==(const RunIdentity&) const = default;
};

struct Strip {
    int firstRow = 0;
    int rows = 0;
    std::uint64_t checksum = 0;
    bool operator==(const Strip&) const = default;
};

struct RunJournal {
    RunIdentity identity;
    std::string kept; ///< what the run goes on with, whatever is asked for then (its batch size, say)
    int columns = 0;
    int rows = 0;
    int bands = 1;
    std::vector<Strip> strips; ///< from the first row on, without gaps
    OpenRows open;             ///< begins where the strips end
    /// True when every row is in a strip.
    bool isComplete() const { return open.firstRow == rows; }
};

/// A strip's pixels, and what its owner wanted kept with them.
struct StripRows {
    Image<float> values;
    std::string extra;
};

void saveJournal(const RunJournal& journal, RunStorage& storage);
/// None when there is no journal. Throws Error when it is damaged.
std::optional<RunJournal> loadJournal(const RunStorage& storage);
/// Throws Error that says in what the journal's run differs from this one.
void checkSameRun(const RunJournal& journal, const RunIdentity& identity, const RunStorage& storage);
/// Throws Error when the strip is missing or not what was written.
StripRows readStrip(const RunJournal& journal, std::size_t index, const RunStorage& storage);

/// Keeps finished rows as strips, and the journal after each row of tiles.
class StripSink final : public RowSink {
public:
    /// `extra` gives what is kept with rows that are finished (may be empty). Journal and storage must
    /// outlive it; the journal grows as rows are finished.
    StripSink(RunJournal& journal, RunStorage& storage,
              std::function<std::string(int firstRow, int rows)> extra);

    void write(int firstRow, const Image<float>& rows) override;
    void rowOfTilesDone(const std::function<OpenRows()>& open) override;

private:
    RunJournal& m_journal;
    RunStorage& m_storage;
    std::function<std::string(int, int)> m_extra;
};

/// FNV-1a, 64 bits: finds damage, no defence against malice.
std::uint64_t checksum(std::string_view bytes, std::uint64_t begin = 0xcbf29ce484222325ULL);

} // namespace nunatak::engine
