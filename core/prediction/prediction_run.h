// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/run_journal.h"
#include "models/registry.h"
#include "prediction/file_run_storage.h"
#include "prediction/predict_scene.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::prediction {

/// What a run is told apart by: the scene with its files, the model, and what shapes probabilities. What only
/// shapes what is made of them (threshold, smoothing, areas) may be another when a run goes on.
engine::RunIdentity identityOf(const scene::Scene& scene, const models::Manifest& model,
                               const PredictOptions& options, const geo::Grid& grid, const std::string& tiles,
                               models::Precision precision);

/// What a run goes on with whatever is asked for then: another batch size or location vector would give other
/// numbers.
struct KeptSettings {
    int batch = 4;
    std::optional<std::vector<float>> location; ///< once it is known
};

/// A run with its journal and folder. Without finished rows the folder goes with it.
class PredictionRun {
public:
    /// Goes on with what lies in the folder, if `resume` and there is something, else begins anew. Throws
    /// Error when that is another run's or damaged.
    PredictionRun(const std::filesystem::path& folder, const engine::RunIdentity& identity, bool resume,
                  int columns, int rows, int bands, const KeptSettings& kept);
    ~PredictionRun();
    PredictionRun(const PredictionRun&) = delete;
    PredictionRun& operator=(const PredictionRun&) = delete;

    bool isResumed() const { return m_resumed; }
    bool isComplete() const { return m_journal.isComplete(); }
    const KeptSettings& kept() const { return m_kept; }
    void keepLocation(const std::vector<float>& vector);

    engine::RunJournal& journal() { return m_journal; }
    engine::RunStorage& storage() { return m_storage; }
    /// Where to go on; null: from the beginning.
    const engine::OpenRows* from() const { return m_resumed ? &m_journal.open : nullptr; }
    /// The rasters are there: the strips are not needed any more.
    void remove();

private:
    FileRunStorage m_storage;
    engine::RunJournal m_journal;
    KeptSettings m_kept;
    bool m_resumed = false;
};

} // namespace nunatak::prediction
