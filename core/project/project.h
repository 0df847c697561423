// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "geo/crs.h"
#include "outlines/edit.h"
#include "outlines/outline_set.h"
#include "prediction/predict_scene.h"
#include "project/history_step.h"
#include "project/steps.h"
#include "review/review_count.h"
#include "scene/scene.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {

struct PendingEdit;

enum class Access { ReadWrite, ReadOnly };

/// What listeners are told, after it happened. A step is told whole and once: what it changed, nothing else.
struct Event {
    enum class Kind { Step, ScenesChanged, SavingChanged };
    Kind kind = Kind::Step;
    HistoryStep step;                             ///< of Step
    std::vector<outlines::LayerChange> layers;    ///< of Step: made, described anew, removed
    std::vector<outlines::OutlineChange> changes; ///< of Step
};

/// What an edit by hand was made on.
struct Circumstances {
    std::string picture; ///< id of the scene that was shown, which dates what was drawn; empty: none
};

/// What became of an edit.
struct Committed {
    enum class Outcome { Done, NothingChanged, OutsideEpoch };
    Outcome outcome = Outcome::Done;
    std::string sentence; ///< of OutsideEpoch: why, and what can be done
};

/// What is done with a prediction besides: where no inventory is of its scene's time, one is started from it
/// in the same step.
enum class AfterPrediction { Nothing, StartInventory };

/// What undo() would take back.
struct UndoableStep {
    enum class Kind { Edit, Import, Prediction };
    Kind kind = Kind::Edit;
    std::string description;
    bool isOfThisOpening = false; ///< it was made, or done again, since the project was opened
};

/// A project: scenes, outlines and history in one GeoPackage. Belongs to one thread at a time (it may be made
/// on a worker and handed over); edits act in memory at once and are committed in order by a thread of its
/// own, which holds the only SQLite connection. SavingChanged is the one event that comes from that thread.
class Project {
public:
    /// Makes the file. Throws Error when it exists already, the folder is not writable, or crs is not
    /// projected in metres.
    /// With a scene the file appears with it or not at all.
    static std::unique_ptr<Project> create(const std::filesystem::path& file, const geo::Crs& crs,
                                           const scene::Scene* scene = nullptr);
    /// The same for a file that need not be opened.
    static void make(const std::filesystem::path& file, const geo::Crs& crs,
                     const scene::Scene* scene = nullptr);
    /// Throws Error when it is not ours, newer than the program, damaged, or (ReadWrite) read-only, already
    /// open for writing elsewhere, or with triggers of another program.
    /// While another program holds the file it is tried again for some seconds; `waiting` is told at once.
    static std::unique_ptr<Project> open(const std::filesystem::path& file, Access access = Access::ReadWrite,
                                         const std::function<void(const std::string&)>& waiting = {});
    /// As close(), without a word about what could not be saved.
    ~Project();
    /// Waits until all is saved, checkpoints; one file is left. Gives up when nothing could be saved for
    /// `seconds` and throws Error that says how many changes are lost. After it the project must only be
    /// destroyed.
    void close(double seconds = 30);

    const std::filesystem::path& file() const;
    /// NAME.files beside NAME.gpkg, for rasters that can be made again; made when first asked for.
    std::filesystem::path filesFolder() const;
    /// The same where it need not be there.
    std::filesystem::path filesPlace() const;
    const geo::Crs& crs() const;
    bool isReadOnly() const;
    /// What others did to the file and the user may want to know, a sentence each: outlines, columns and
    /// layers of other programs, layers and shapes that cannot be read, rasters that are gone.
    std::vector<std::string> notes() const;

    const std::vector<scene::Scene>& scenes() const;
    /// By id or name; empty: the only or newest one. Throws Error that names those there are.
    const scene::Scene& scene(const std::string& idOrName = {}) const;
    /// Throws Error when the project has a scene of that id, or a value of it could not be read again.
    void addScene(const scene::Scene& scene);
    /// Puts a scene in the place of the one of that id; what was predicted of that stays. Throws Error when
    /// there is none, or as addScene().
    void replaceScene(const scene::Scene& scene);

    /// Who edits: by default whom the system knows.
    void setAnalyst(const std::string& name);
    const std::string& analyst() const;

    std::vector<outlines::LayerInfo> layers() const;
    /// Throws Error that names the layers there are.
    const outlines::OutlineSet& outlines(const std::string& layer) const;
    outlines::LayerInfo layer(const std::string& name) const;
    bool hasLayer(const std::string& name) const;
    /// The name, or the name with _2, _3 and so on, where it is taken.
    std::string freeLayerName(const std::string& base) const;
    std::vector<outlines::LayerInfo> inventories() const;
    /// The inventory that a glacier of this day (empty: unknown) belongs into: that of the nearest epoch
    /// among those that cover it, one of any date where there is no other.
    std::optional<outlines::LayerInfo> inventoryOf(const std::string& date) const;
    /// How many of a layer's outlines were reviewed.
    const review::ReviewCount& reviewCount(const std::string& layer) const;

    /// The door for what is done by hand: outlines of inventories and side layers (one that is not there yet
    /// comes with it), one step. What is drawn is dated by the picture, and says who drew it; out of the
    /// epoch's tolerance nothing happens. Throws Error when a change does not fit what is there, is one of a
    /// reference, a glacier would be in an inventory twice, or the project is read-only.
    Committed commit(const editing::Edit& edit, const Circumstances& at = {});
    /// The door for what was worked out: an import, an inventory that is started or filled, a layer that is
    /// made, renamed or removed. Throws Error as commit(), and where it was worked out on something else than
    /// there is now.
    void take(LayerStep step);
    /// Makes a layer. Throws Error when the name is taken or cannot be a table's, or an inventory's epoch has
    /// one already.
    void addLayer(const outlines::LayerInfo& layer);
    /// What people read; the table keeps its name.
    void renameLayer(const std::string& layer, const std::string& title);
    /// With all its outlines; undo() brings them back.
    void removeLayer(const std::string& layer);
    /// Imports outlines into a layer, which is made when missing; one step. Returns how many.
    int importOutlines(const outlines::LayerInfo& layer, std::vector<outlines::Outline> imported);
    /// The same with what readyForImport() gave.
    int importOutlines(const outlines::LayerInfo& layer, const std::vector<outlines::OutlineHandle>& ready);
    /// Puts a prediction into a predicted layer: what the same scene and model predicted there before within
    /// the region computed is replaced, as one step. `layer` empty: "predicted" when it is free or of the
    /// same scene and model, else "predicted_2" and so on. Returns the layer's name.
    std::string storePrediction(const prediction::ScenePrediction& prediction, const std::string& layer = {},
                                AfterPrediction after = AfterPrediction::Nothing);
    /// Throws the Error that storePrediction() would end in, knowing scene and model alone: to be asked
    /// before hours of computing, not after.
    void throwUnlessStorable(const prediction::ScenePrediction& prediction,
                             const std::string& layer = {}) const;
    /// The same in two parts: the plan runs on any thread, on the outlines as they are now; taking what it
    /// gives throws Error when they have changed meanwhile.
    std::function<PredictionStep()>
    planPrediction(std::shared_ptr<const prediction::ScenePrediction> prediction,
                   const std::string& layer = {}, AfterPrediction after = AfterPrediction::Nothing) const;
    /// Where an inventory of that time was started since the plan, the prediction is a reference beside it.
    TakenPrediction take(PredictionStep step);
    /// What the runs of a predicted layer computed, all together (project CRS); empty when unknown.
    geo::MultiPolygon computedRegion(const std::string& layer) const;
    /// The same with the rasters beside the project that say where the layer's predictions have a result.
    /// Throws Error when there is no such layer.
    prediction::ComputedResult computedResult(const std::string& layer) const;

    /// The settings (ScenePrediction::settings) of a prediction run by its id; empty where it is not known.
    std::string settingsOfRun(const std::string& run) const;

    std::optional<std::string> undoDescription() const; ///< none: nothing to undo
    std::optional<std::string> redoDescription() const;
    void undo();
    void redo();
    /// The same in two parts, as with planPrediction(). Throws Error when there is nothing to undo, or redo.
    std::function<StepBack()> planUndo() const;
    std::function<StepBack()> planRedo() const;
    void take(StepBack step);
    /// False where undo() would have to read the file first.
    bool isUndoAtHand() const;
    bool isRedoAtHand() const;
    std::optional<UndoableStep> undoable() const;
    const std::vector<HistoryStep>& history() const;
    /// The steps of other projects that came with merges, without the outlines that they changed.
    const std::vector<MergedStep>& mergedSteps() const;
    /// Of a project that is only read: what another program did to it that no step of the history says yet;
    /// null: nothing. Who opens it for writing next makes it one.
    std::shared_ptr<const PendingEdit> unrecorded() const;
    /// The outlines of a layer that somebody deleted, as far as they are gone still. The history is read by
    /// what is returned, on any thread. Throws Error where there is no such layer, or reading fails.
    std::function<std::vector<outlines::OutlineHandle>()> planDeleted(const std::string& layer) const;

    /// Small settings of the project (camera, visible layers): text by key. Not part of the history.
    std::optional<std::string> setting(const std::string& key) const;
    void setSetting(const std::string& key, const std::string& text);

    /// True when everything applied is on disk.
    bool isSaved() const;
    /// What keeps edits from being saved right now ("QGIS holds the file", "disk full"), empty when nothing
    /// does. Edits wait and are tried again; none is dropped.
    std::string savingProblem() const;
    /// Waits until all is saved. Throws Error with the problem at once where waiting does not help, else when
    /// it cannot be saved within `seconds`; `waiting` is told what is waited for as soon as that is known.
    void flush(double seconds = 30, const std::function<void(const std::string&)>& waiting = {}) const;

    /// Listens until the returned handle is destroyed.
    using Subscription = std::shared_ptr<void>;
    [[nodiscard]] Subscription subscribe(std::function<void(const Event&)> listener);

private:
    struct Impl;
    static std::unique_ptr<Project> openNow(const std::filesystem::path& file, Access access);
    explicit Project(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace nunatak::project
