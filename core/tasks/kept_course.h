// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/learning_pace.h"
#include "tasks/learning_watch.h"
#include "tasks/training_run.h"

#include <chrono>
#include <memory>

namespace nunatak::tasks {

/// A training that is kept in a folder as it goes on, watched and paused.
class KeptCourse final : public training::Course {
public:
    /// @param folder null: nothing is kept, so it cannot be paused
    /// @param watch null: nobody watches
    /// @param between checkpoints
    KeptCourse(const TrainingFolder* folder, std::shared_ptr<LearningWatch> watch, int steps,
               std::chrono::milliseconds between);

    std::optional<training::TrainingState> begin() override;
    void measured(const training::MeasuredAt& at) override;
    void examples(const std::vector<training::Example>& tiles) override;
    void note(const std::string& sentence) override;
    bool wantsState(int step) override;
    /// Throws Cancelled after a pause was asked for. A state that cannot be kept is told once; learning goes
    /// on.
    void keep(const training::TrainingState& state) override;

    /// For TrainingOptions::onStep.
    void stepped(int step, double loss);
    /// What it told.
    const std::vector<std::string>& notes() const { return m_notes; }

private:
    using Clock = std::chrono::steady_clock;
    static double seconds(Clock::duration duration) {
        return std::chrono::duration<double>(duration).count();
    }
    const TrainingFolder* m_folder;
    std::shared_ptr<LearningWatch> m_watch;
    int m_steps;
    std::chrono::milliseconds m_between;
    Clock::time_point m_kept = Clock::now();
    Clock::time_point m_asked = Clock::now(); ///< for its first measure
    bool m_isTold = false;                    ///< that nothing can be kept
    std::vector<std::string> m_notes;
    LearningPace m_pace;
};

} // namespace nunatak::tasks
