// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connection.h"
#include "database/store.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace nunatak::database {

struct Store::Impl {
    Impl(const std::filesystem::path& path, Mode openMode);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    static SQLite::Database connect(const std::filesystem::path& path, Mode openMode,
                                    std::filesystem::path& scratchFolder);
    /// Prepared once, kept, reset and without bindings.
    SQLite::Statement& statement(const std::string& sql);
    void enterWal();
    void write(const LayerRow& layer);
    void write(const FeatureChange& change, bool hasReview);
    /// Layers of these changes whose outlines can carry a review; a table without the column gets it when the
    /// first one is to be written.
    std::set<std::string> layersWithReview(const std::vector<FeatureChange>& changes);
    void write(const ReverseChange& change, std::int64_t step, int position);
    void write(const HistoryRow& row);
    void write(const RunRow& row);
    void write(const SceneRow& row);
    void writeExtent(const std::string& layer, const std::optional<Box>& box);
    void bindFeature(SQLite::Statement& target, const FeatureRow& row, const Bytes& blob, bool hasReview);

    std::filesystem::path file;
    Mode mode = Mode::ReadWrite;
    std::filesystem::path scratch; ///< a temporary folder, where one was needed
    SQLite::Database connection;
    std::map<std::string, SQLite::Statement> statements;
    int srsId = 0;
    bool useWal = false;
};

} // namespace nunatak::database
