// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/listeners.h"
#include "project/project.h"
#include "project/saver.h"
#include "project/undo_log.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {

/// A layer as it is in memory.
struct LayerState {
    outlines::LayerInfo info;
    std::string model;            ///< of predicted layers
    std::string modelFingerprint; ///< of predicted layers
    outlines::OutlineSet outlines;
};

struct Project::Impl {
    Impl(std::filesystem::path path, Access openAccess) : file(std::move(path)), access(openAccess) {}
    ~Impl(); ///< ends the saving, also where a plan still has the saver
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    /// Reads everything from an opened store.
    void load(database::Store& store);

    LayerState* find(const std::string& name);
    const LayerState* find(const std::string& name) const { return const_cast<Impl*>(this)->find(name); }
    LayerState& require(const std::string& name);
    const LayerState& require(const std::string& name) const {
        return const_cast<Impl*>(this)->require(name);
    }
    bool isNameTaken(const std::string& name) const;
    /// A layer of the store, as far as it can be read; null where nothing can.
    std::unique_ptr<LayerState> read(database::Store& store, const database::LayerRow& row,
                                     const database::Contents& contents);
    void readScenes(const std::vector<database::SceneRow>& rows);
    void throwUnlessChangeable(const std::string& layer) const;
    void throwUnlessWritable() const;
    void throwUnlessFree(const outlines::LayerInfo& layer) const;
    const scene::Scene* findScene(const std::string& id) const;
    const database::RunRow* newestRun(const std::string& layer) const;
    /// The name, or the name with _2, _3 and so on.
    std::string freeName(const std::string& base) const;
    /// The layer that a prediction goes into when none is named; it need not exist.
    std::string layerFor(const prediction::ScenePrediction& prediction) const;
    /// True when the layer is of the prediction's scene and model, or nothing is in it.
    bool canTake(const LayerState& layer, const prediction::ScenePrediction& prediction) const;
    /// In what a layer's settings differ so that a region of this prediction is none of it; else empty.
    std::string differenceFrom(const LayerState& layer, const prediction::ScenePrediction& prediction) const;

    /// The corrected layer where an outline of `source` was corrected before, else the first one that
    /// corrections of it may lie in; null: there is none.
    const LayerState* correctedLayerFor(const LayerState& source, const std::string& uuid) const;
    /// One step that changes one outline, or its copy in a corrected layer; nothing where nothing changes.
    std::string edit(const std::string& layer, const std::string& uuid, const std::string& description,
                     const std::function<void(outlines::Outline&)>& change);
    /// Brings several changes of one outline together, drops those that change nothing, and makes sure that
    /// each fits what is there.
    std::vector<outlines::OutlineChange> checked(const std::vector<outlines::OutlineChange>& changes,
                                                 const std::vector<LayerState>& newLayers) const;
    /// One step: layers that are new or described anew, then changes (as checked() gave them), in memory at
    /// once and on its way to the disk; tells the listeners.
    void record(const std::string& description, std::int64_t undoes, std::vector<LayerState> layersPut,
                std::vector<outlines::OutlineChange> changes, std::optional<database::RunRow> run = {});
    /// Puts layers into memory; returns their rows.
    std::vector<database::LayerRow> put(std::vector<LayerState> layersPut);
    /// Saves something that is no step of the history.
    void save(database::Transaction transaction);
    std::function<StepBack()> planTakingBack(const UndoLog::Entry& entry) const;
    bool isAtHand(const UndoLog::Entry* entry) const;
    void tell(Event::Kind kind, std::vector<outlines::OutlineChange> changes = {});

    std::filesystem::path file;
    Access access = Access::ReadWrite;
    geo::Crs crs;
    std::vector<scene::Scene> scenes;
    std::vector<std::unique_ptr<LayerState>> layers;              ///< in the order in which they were made
    std::vector<std::string> otherTables;                         ///< names that no layer can have
    std::map<std::string, std::string> locked;                    ///< layers that cannot be changed: why
    std::vector<std::string> unreadScenes;                        ///< ids of scenes that could not be read
    std::map<std::string, std::vector<std::string>> addedColumns; ///< by layer: of other programs
    std::vector<database::RunRow> runs;                           ///< oldest first
    std::map<std::string, std::string> settings;
    std::vector<std::string> notes;
    UndoLog log;
    Listeners listeners;
    std::shared_ptr<Saver> saver; ///< null when read-only; plans share it
};

/// True when both are the same outline, or none.
bool same(const outlines::OutlineHandle& a, const outlines::OutlineHandle& b);
/// Names for a sentence: "a, b and c", or "none".
std::string listed(const std::vector<std::string>& names);
database::LayerRow toRow(const LayerState& layer);

} // namespace nunatak::project
