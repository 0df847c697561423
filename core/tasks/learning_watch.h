// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/course.h"

#include <atomic>
#include <functional>
#include <string>
#include <vector>

namespace nunatak::tasks {

/// Someone who watches a training from elsewhere and can ask it to pause. Its functions are called on the
/// thread that learns; any may be empty.
struct LearningWatch {
    std::function<void(int step, double loss)> stepped;
    std::function<void(const training::MeasuredAt&)> measured;
    std::function<void(const std::vector<training::Example>&)> examples;
    std::function<void(const std::string&)> noted;
    /// Seconds that it will take still, at most: it may end early.
    std::function<void(double)> timeLeft;
    /// It begins its first step, of so many in all, after some that were learnt before it was interrupted.
    std::function<void(const training::TrainingState& sofar, int steps)> wentOn;
    /// How far it came is kept: it can be stopped now and lose nothing.
    std::function<void(int step)> kept;

    /// It shall keep how far it came at the end of its step, and end as cancelled.
    std::atomic<bool> pauseAsked = false;
};

} // namespace nunatak::tasks
