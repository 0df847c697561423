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
#include <set>
#include <string>
#include <vector>

namespace nunatak::project {

/// A layer as it is in memory.
struct LayerState {
    outlines::LayerInfo info;
    outlines::OutlineSet outlines;
    review::ReviewCount reviews{};

    /// Does a change, and keeps count of it.
    void apply(const outlines::OutlineChange& change);
};

/// What becomes one step of the history.
struct NewStep {
    std::string description;
    std::string tool;
    std::string picture;
    std::int64_t undoes = 0;
    std::vector<outlines::LayerChange> layers;
    std::vector<outlines::OutlineChange> changes;
    std::vector<database::RunRow> runs;
    std::vector<MergedStep> merged;
    std::vector<scene::Scene> scenes; ///< that come with it
};

/// A scene that came with a step of the history, and is there as long as that stands.
struct BroughtScene {
    scene::Scene scene;
    std::int64_t step = 0;
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
    /// Throws Error where the project has one of its id.
    void throwIfSceneIsTaken(const scene::Scene& scene) const;
    /// Into memory; `step`: that it came with, 0: none.
    void bring(const scene::Scene& scene, std::int64_t step);
    /// Brings scenes() up to which steps stand; true where that changed it.
    bool showScenes();
    const database::RunRow* newestRun(const std::string& layer) const;
    /// The runs that a layer's outlines come from, undone ones excepted: of a predicted layer its own, of an
    /// inventory those of the predicted layers that its outlines were in.
    std::vector<const database::RunRow*> runsOf(const std::string& layer) const;
    /// The name, or the name with _2, _3 and so on.
    std::string freeName(const std::string& base) const;
    /// The layer that a prediction goes into when none is named; it need not exist.
    std::string layerFor(const prediction::ScenePrediction& prediction) const;
    /// True when the layer is of the prediction's scene and model, or nothing is in it.
    bool canTake(const LayerState& layer, const prediction::ScenePrediction& prediction) const;
    /// In what a layer's settings differ so that a region of this prediction is none of it; else empty.
    std::string differenceFrom(const LayerState& layer, const prediction::ScenePrediction& prediction) const;

    /// Brings several changes of one outline together, drops those that change nothing, and makes sure that
    /// each fits what is there, and that no glacier is put into an inventory twice: not into that of
    /// LayerStep::onceIn.
    std::vector<outlines::OutlineChange> checked(const std::vector<outlines::OutlineChange>& changes,
                                                 const std::vector<outlines::LayerChange>& layers,
                                                 const std::string& onceIn) const;
    /// Throws Error unless the layers are as the changes say they were and can become what they shall be.
    void throwUnlessFitting(const std::vector<outlines::LayerChange>& changes) const;
    void throwIfTwice(const std::vector<outlines::OutlineChange>& changes,
                      const std::vector<outlines::LayerChange>& layers, const std::string& onceIn) const;
    /// What a layer is after these changes; null: there is none.
    const outlines::LayerInfo* infoAfter(const std::string& layer,
                                         const std::vector<outlines::LayerChange>& layers) const;
    /// The change with what drawing and judging by hand leaves behind: date, picture and analyst.
    outlines::OutlineChange stamped(const outlines::OutlineChange& change, outlines::LayerKind kind,
                                    const scene::Scene* picture) const;
    /// Why a change cannot be made on this picture; empty where it can.
    std::string whyOutsideEpoch(const outlines::OutlineChange& change, const outlines::LayerInfo& layer,
                                const scene::Scene* picture) const;
    /// Throws Error where outlines that come into an inventory are of other years than its epoch covers.
    void throwIfOutsideEpoch(const std::vector<outlines::OutlineChange>& changes,
                             const std::vector<outlines::LayerChange>& layers) const;
    void throwIfReference(const outlines::LayerInfo& layer) const;
    /// One step (its changes as checked() gave them), in memory at once and on its way to the disk; tells the
    /// listeners.
    void record(NewStep step);
    void apply(const outlines::LayerChange& change);
    /// Makes the layer changes of a step back fit what there is: a layer that another program filled stays.
    void fit(std::vector<outlines::LayerChange>& layerChanges,
             const std::vector<outlines::OutlineChange>& changes) const;
    /// Gives what was corrected in a project of before there were inventories an epoch and a title.
    void describeCorrected();
    /// What turns it into inventories, in a file that is kept beside the project first; before the store is
    /// the saver's. Then migrate() does it.
    std::vector<NewStep> planMigration(database::Store& store);
    void migrate(std::vector<NewStep> steps);
    /// Gives an edit to the saver, or to those that are saved together.
    void hand(std::shared_ptr<PendingEdit> edit);
    /// What another program changed since the file was saved last, as a step of the history that says so;
    /// none where it did nothing. Tells the user. Reads the store.
    std::shared_ptr<PendingEdit> othersStep(database::Store& store);
    /// Saves something that is no step of the history.
    void save(database::Transaction transaction);
    /// Where another program overwrote the project's file while it was open, saves what is in memory into
    /// another one, in which the project goes on; the saver's problem() says which. What fails is its
    /// problem, too, and tried again with the next edit, question or closing.
    void rescueIfOverwritten();
    /// The same, where nobody has edited or saved since it happened either.
    void rescueBeforeEnd();
    /// All that is in memory, for a new file; what undo needs of steps is not.
    std::vector<database::Transaction> inMemory(const HistoryStep& last) const;
    std::function<StepBack()> planTakingBack(const UndoLog::Entry& entry) const;
    bool isAtHand(const UndoLog::Entry* entry) const;
    void tell(Event event);
    int placeOf(const std::string& layer) const;

    std::filesystem::path file;
    Access access = Access::ReadWrite;
    geo::Crs crs;
    std::vector<scene::Scene> scenes;
    std::vector<BroughtScene> broughtScenes;             ///< also those that are not there now
    std::vector<std::unique_ptr<LayerState>> layers;     ///< in the order in which they were made
    std::vector<std::string> otherTables;                ///< names that no layer can have
    std::map<std::string, std::set<std::string>> unread; ///< by layer: outlines that could not be read
    std::map<std::string, std::string> locked;           ///< layers that cannot be changed: why
    std::vector<std::string> corrected;                  ///< inventories that a file of before has
    std::vector<std::string> unreadScenes;               ///< ids of scenes that could not be read
    std::map<std::string, std::vector<std::string>> addedColumns; ///< by layer: of other programs
    std::vector<database::RunRow> runs;                           ///< oldest first
    std::vector<MergedStep> mergedSteps;                          ///< without the outlines; oldest first
    std::map<std::string, std::string> settings;
    std::vector<std::string> notes;
    UndoLog log;
    std::int64_t lastOfBefore = 0; ///< the last step that was there when the project was opened
    std::string analyst;
    Listeners listeners;
    std::shared_ptr<Saver> saver;                  ///< null when read-only; plans share it
    std::shared_ptr<const PendingEdit> unrecorded; ///< see Project::unrecorded()
    /// What waits for more, to be saved with it; none: edits are saved one by one.
    std::optional<std::vector<std::shared_ptr<PendingEdit>>> together;
};

/// True when both are the same outline, or none.
bool same(const outlines::OutlineHandle& a, const outlines::OutlineHandle& b);
/// A scene as the project of this file keeps it. Throws Error where it has no id, or could not be read again.
database::SceneRow sceneRow(const scene::Scene& scene, const std::filesystem::path& project,
                            std::int64_t step = 0);
/// ISO 8601, UTC.
std::string nowAsText();
/// Names for a sentence: "a, b and c", or "none".
std::string listed(const std::vector<std::string>& names);

} // namespace nunatak::project
