// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "database/rows.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nunatak::database {

/// Another program holds the file; trying again later helps.
class StoreBusy : public Error {
public:
    using Error::Error;
};

/// The file could not be written for lack of space or a failing device; trying again may help.
class StoreFull : public Error {
public:
    using Error::Error;
};

/// SQLite cannot make sense of the file, or not of all of it.
class StoreDamaged : public Error {
public:
    using Error::Error;
};

/// The file was removed, or another one was put in its place, while it was open.
class StoreReplaced : public Error {
public:
    using Error::Error;
};

/// Another program wrote other bytes over the file while it was open, or another project's: nothing more is
/// written into it, and what it held before is in memory alone.
class StoreOverwritten : public Error {
public:
    using Error::Error;
};

/// A project's GeoPackage through one SQLite connection. Used by one thread at a time.
/// Every function throws Error with a sentence that names the file.
class Store {
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// The version of our tables; a file with a higher one is refused. 2: outlines have a review. 3:
    /// attributes are not texts alone. 4: inventories and what belongs to them, and steps that say who made
    /// them and change layers. 5: reviews say whose they are, of when and why. 6: steps of other projects
    /// come with a merge, and changes of other programs are steps. 7: these say what they changed, and scenes
    /// with which step they came. A file of an earlier version stays one, for programs that know no other,
    /// until the first of these is written.
    static constexpr int schemaVersion = 7;

    /// Makes a project file with no layer in it; it appears whole or not at all. Throws when something of
    /// that name exists, the folder is missing or not writable, or the disk is full.
    /// What `first` holds is in it from the beginning.
    static void create(const std::filesystem::path& file, const SpatialReference& crs,
                       const std::vector<Transaction>& first = {});

    /// Opens a file and makes sure that it is a project of this or an older version. ReadOnly changes
    /// nothing, works on a read-only folder, and sees all that was saved. ReadWrite refuses a file in which
    /// writing would run triggers of other programs.
    Store(const std::filesystem::path& file, Mode mode);
    /// Closes without tidying up, as a crash would; see close().
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    const std::filesystem::path& file() const;
    /// Says which outline a row without a UUID was: its UUID, or empty where that is not known.
    using Recognise = std::function<std::string(const std::string& layer, const FeatureRow& row)>;
    /// For settle() and forEachFeature(), which give a row that is recognized its UUID again.
    void recogniseBy(Recognise recognise);
    /// How many rows of a layer were recognized since the store was opened.
    int recognised(const std::string& layer) const;
    /// Makes good what other programs left undone: outlines that they added, or copied, get a UUID of their
    /// own, a spatial index that was removed is made again, and so are tables of ours. Returns sentences on
    /// the last two.
    std::vector<std::string> settle();
    /// The version of the file's tables.
    int version();
    Contents contents();
    /// Calls `take` for each outline of a layer; columns that are missing are empty. Rows without a geometry
    /// are passed with empty wkb. A row without a UUID, or with that of one before it, is passed with the one
    /// that settle() gives it. Returns how many of those there are or were when the store was opened.
    int forEachFeature(const std::string& layer, const std::function<void(FeatureRow&&)>& take);
    /// The changes of one step of the history, in their order.
    std::vector<ReverseChange> changesOf(std::int64_t step);
    /// The layers that a step of the history made, described anew or removed.
    std::vector<LayerRowChange> layerChangesOf(std::int64_t step);
    /// Calls `take` for each change of an outline by the steps after this one, the last one first.
    void forEachChangeAfter(std::int64_t step,
                            const std::function<void(std::int64_t step, ReverseChange&&)>& take);
    /// The steps after this one that made, described or removed layers.
    std::vector<std::int64_t> layerStepsAfter(std::int64_t step);
    /// The steps that changed outlines, with layer and UUID; oldest first.
    void forEachTouch(const std::function<void(std::int64_t step, const std::string& layer,
                                               const std::string& uuid)>& take);
    /// What the last step that changed an outline left behind, for each that a step has changed: the hash of
    /// ReverseChange::afterHash, none where it is gone.
    void forEachLastState(
        const std::function<void(std::int64_t step, const std::string& layer, const std::string& uuid,
                                 std::optional<std::int64_t> hash)>& take,
        std::optional<std::int64_t> until = {}); ///< the last step that is looked at
    /// What each step did to outlines, as one number (see withChange()); a step that changed none has none.
    std::map<std::int64_t, std::int64_t> contentsOfSteps();
    /// The steps of other projects that changed an outline and came with merges; oldest first.
    std::vector<MergedRow> mergedStepsOf(const std::string& layer, const std::string& uuid);
    /// All that came with merges, with the outlines that they changed; oldest first.
    std::vector<MergedRow> mergedSteps();
    /// The steps that changed outlines of a layer, with the outlines' UUIDs; oldest first.
    std::vector<std::pair<std::int64_t, std::string>> touchesOf(const std::string& layer);

    /// All of them or none, one after the other, on disk when this returns: what waits costs the disk once.
    /// Throws StoreBusy or StoreFull where trying again may help. A step that is in the file already (a
    /// commit reported as failed may have succeeded) is not written twice. Throws StoreReplaced, and changes
    /// nothing, when the file is not the one that was opened any more, and StoreOverwritten when it is and
    /// holds something else.
    ///
    /// Where another program has written since the file was opened, `compare` is asked before each, within
    /// the transaction of the file: with its number, and with what the file holds now of each of
    /// transaction.features (none: nothing). What it adds is written, too.
    using Compare = std::function<void(
        std::size_t number, const std::vector<std::optional<FeatureRow>>& there, Transaction& transaction)>;
    void commit(std::span<const Transaction> transactions, const Compare& compare = {});
    void commit(const Transaction& transaction) { commit(std::span(&transaction, 1)); }
    /// Writes all there is into a new file, also of a project whose own file is gone.
    void copyInto(const std::filesystem::path& file);
    /// A sentence, once, where a commit has made a file of an earlier version one of now: it was kept beside
    /// the project first, as BASE.version-N.gpkg.
    std::string takeVersionNote();
    /// The same, whole or not at all, into the first free name of BASE.LABEL.gpkg, BASE.LABEL-2.gpkg and so
    /// on beside the project; returns it.
    std::filesystem::path backUp(const std::string& label);
    /// Writes a part of it into a new file, which is nobody's yet and which messages call `name`: its layers
    /// with the outlines that stay and what the history says of them, all else as it is.
    void copyPart(const std::filesystem::path& made, const std::filesystem::path& name,
                  const PartOfProject& part);
    /// How long to wait for other programs before StoreBusy, in milliseconds.
    void setPatience(int milliseconds);
    /// Throws StoreOverwritten when the file holds something else than what was opened and written.
    void throwIfOverwritten();
    /// Brings everything into the one file and closes it. Best effort while another program has it open too.
    /// What was overwritten stays as it is.
    void close();

private:
    void open(const std::filesystem::path& file, Mode mode);

    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The number that stands for what a step did, with one more of its changes in their order: the same for the
/// same states of the same outlines, whatever their layers are called. Never 0; begins with 0.
std::int64_t withChange(std::int64_t content, const std::string& uuid, std::optional<std::int64_t> hash);

/// True when `name` can be a layer's table: a letter, then letters, digits or underscores, at most 63, and
/// none of the names that GeoPackage, SQLite or this program keep for themselves.
bool isUsableLayerName(const std::string& name);

} // namespace nunatak::database
