// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/held_file.h"
#include "connection.h"
#include "database/store.h"
#include "file_watch.h"
#include "layer_table.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nunatak::database {

struct LayerWriter;

/// What tells a project's content from another one's, and from an earlier or later state of itself.
struct Identity {
    std::string crs;
    std::string scene; ///< the first one's id; empty: there is none yet
    std::int64_t step = 0;
    std::string time; ///< of the last step
    std::string description;
};

struct Store::Impl {
    Impl(const std::filesystem::path& path, Mode openMode);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    /// What opening the file met.
    struct Met {
        std::string note;              ///< that the user may want to know
        std::filesystem::path keptWal; ///< where a -wal file of another state was moved
    };
    static SQLite::Database connect(const std::filesystem::path& path, Mode openMode,
                                    std::filesystem::path& scratchFolder, Met& met);
    /// Prepared once, kept, reset and without bindings.
    SQLite::Statement& statement(const std::string& sql);
    void enterWal();
    /// `order`: its number among the layers; -1: last, or where it stands.
    void write(const LayerRow& layer, int order = -1);
    void removeLayer(const std::string& layer);
    void write(const LayerRowChange& change, std::int64_t step, int position);
    void write(const std::vector<FeatureChange>& changes);
    void write(const FeatureChange& change, const LayerWriter& writer);
    /// Writes one into a layer that this transaction makes; false where that has one of its name already.
    bool writeFirst(const FeatureRow& row, const Bytes& blob, const LayerWriter& writer);
    /// What this transaction makes is from here on as all layers are.
    void keepIndexes();
    /// The table of a layer, ready to take changes of it.
    LayerTable tableFor(const std::string& layer, const std::optional<FeatureRow>& row);
    void writeAll(const Transaction& transaction);
    /// Where the file is of an earlier version than what is about to be written, and nobody has kept it yet.
    void keepEarlierVersion(Store& store, std::span<const Transaction> transactions);
    void write(const ReverseChange& change, std::int64_t step, int position);
    void write(const HistoryRow& row);
    void writeMerged(const std::vector<MergedRow>& rows);
    void write(const RunRow& row);
    void write(const SceneRow& row);
    void writeExtent(const std::string& layer, const std::optional<Box>& box);
    /// True once another connection has written since the first time this was asked.
    bool othersWrote();
    /// What the file holds now of the outlines that would change.
    std::vector<std::optional<FeatureRow>> present(const std::vector<FeatureChange>& changes);
    /// Layers of the project whose tables can be read.
    std::vector<LayerTable> layerTables();
    void nameOutlines(LayerTable& table);
    /// The UUID that a row without one had, where that is known and no other row has it; else empty.
    std::string uuidOf(const LayerTable& table, const FeatureRow& row);
    FeatureRow rowOf(const LayerTable& table, std::int64_t key);
    /// Whether the history has an outline of that name.
    bool isInHistory(const std::string& layer, const std::string& uuid);
    /// Throws StoreReplaced unless the path still leads to the file that was opened, StoreOverwritten where
    /// its bytes are others'.
    void throwIfReplaced();
    [[noreturn]] void throwOverwritten();
    Identity identity();
    /// Throws StoreOverwritten where the file holds another project, or another state of this one. Its last
    /// step may be one whose commit was reported as failed.
    void throwIfAnother();
    bool hasStep(std::int64_t step);
    /// Layers that another program called otherwise: what the history still calls them → their tables. None
    /// once settle() has brought the names up to date.
    const std::map<std::string, std::string>& renamed();
    std::string nameNow(const std::string& layer);
    std::string nameThen(const std::string& layer);

    std::filesystem::path file;  ///< as messages say it
    std::filesystem::path place; ///< where it lies
    std::uint64_t device = 0;    ///< which file it is, as the system tells files apart
    std::uint64_t inode = 0;
    std::optional<std::uint64_t> walInode; ///< of NAME-wal, once something was written into it
    /// Takes note of it; of none where there is none.
    void noteWal();
    Mode mode = Mode::ReadWrite;
    std::filesystem::path scratch; ///< a temporary folder, where one was needed
    Met met;
    SQLite::Database connection;
    FileWatch watch;
    HeldFile held;              ///< nothing else in this process opens it and takes the locks away
    bool isOverwritten = false; ///< it holds others' bytes, and this connection must not write any more
    Identity known;             ///< what the file held after it was opened, and after each transaction
    std::optional<Identity> attempted; ///< what it holds if a commit that failed has succeeded after all
    std::map<std::string, SQLite::Statement> statements;
    std::set<std::string> made; ///< layers that this transaction makes, whose indexes nothing keeps yet
    int srsId = 0;
    std::map<std::string, std::vector<std::string>> added; ///< columns of other programs that were read
    std::optional<std::map<std::string, std::string>> foundRenamed; ///< see renamed()
    Recognise recognise;
    std::map<std::string, std::set<std::string>> recognised; ///< by layer: UUIDs
    std::map<std::string, int> named;                        ///< how many outlines of a layer settle() named
    bool useWal = false;
    std::string network;            ///< the kind of network drive that it lies on; empty: on this machine's
    std::optional<int> dataVersion; ///< SQLite's, which changes with what other connections write
    bool haveOthersWritten = false;
    bool isKept = false; ///< as it was when it was opened, in another file
    std::string raised;  ///< a sentence on the version it was made one of, until somebody has asked
};

/// What can be seen of a file without opening it: a descriptor of our own would drop SQLite's locks on it
/// when closed. Throws Error where it is no file, or empty.
void throwUnlessAFile(const std::filesystem::path& file);
/// Throws Error where an opened file is no project, or one of a newer program.
void throwUnlessOurs(SQLite::Database& connection, const std::filesystem::path& file);

/// Other programs show nothing rather than an empty text.
inline void bindText(SQLite::Statement& statement, int index, const std::string& text) {
    if (text.empty()) {
        statement.bind(index);
    } else {
        statement.bindNoCopy(index, text);
    }
}

inline void bindBytes(SQLite::Statement& statement, int index, const Bytes& bytes) {
    statement.bindNoCopy(index, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
}

} // namespace nunatak::database
