// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::tasks {

/// What a training is, to begin it again where it was interrupted.
struct TrainingRun {
    std::string name;                          ///< of the new model, or a folder to write it to
    std::string layer;                         ///< that is learnt from
    std::string scene;                         ///< id, in its project
    std::string parent;                        ///< the model to start from: its name …
    std::string fingerprint;                   ///< … and its weights
    std::string began;                         ///< ISO 8601, UTC
    training::TrainingOptions options;         ///< without those who watch it
    std::vector<training::TrainingArea> areas; ///< without their scene, and without what is replayed
    int step = 0;                              ///< that were kept, of options.steps
};

/// The folder in which a training keeps what it is and how far it came: run.json and, by turns, two
/// checkpoints, so that a damaged one costs no more than the time since the one before it. One folder holds
/// one training.
class TrainingFolder {
public:
    explicit TrainingFolder(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    /// Where a project keeps its interrupted training; need not be there.
    static TrainingFolder of(const std::filesystem::path& filesPlace) {
        return TrainingFolder(filesPlace / "training");
    }
    const std::filesystem::path& path() const { return m_folder; }

    bool isEmpty() const;
    /// The training that was interrupted there; none where there is none. Throws Error where what is kept of
    /// it is damaged.
    std::optional<TrainingRun> interrupted() const;
    /// Begins one anew; what was there goes. Throws Error.
    void begin(const TrainingRun& run) const;
    /// Throws Error, for instance where the disk is full; what was kept before stays.
    void keep(const training::TrainingState& state) const;
    /// The newest state that is whole; none: none was kept. `notes` hears of one that is damaged.
    std::optional<training::TrainingState> newest(std::vector<std::string>& notes) const;
    /// Forgets it.
    void remove() const;

private:
    std::filesystem::path m_folder;
};

} // namespace nunatak::tasks
