// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace nunatak::tasks {

/// How long a training will take still, from how long its steps took so far: those after which it was
/// measured what was learnt take longer, and are told apart. All times in seconds of any clock.
class LearningPace {
public:
    /// The first step begins. @param measuring how long measuring takes, as seen before; 0: not measured
    void begin(double now, int firstStep, int steps, double measuring, int stepsBetweenMeasures);
    /// A step has ended, and what was measured after it.
    void stepped(double now, int step, bool measured);
    /// None before the first step has ended, and after the last.
    std::optional<double> secondsLeft() const;
    /// Seconds a step takes, without measuring; 0: unknown.
    double perStep() const { return m_plainSteps > 0 ? m_plain / m_plainSteps : 0; }

private:
    int m_step = 0;
    int m_steps = 0;
    int m_between = 0;
    double m_last = 0;
    double m_plain = 0; ///< seconds of the steps after which nothing was measured
    int m_plainSteps = 0;
    double m_measuring = 0; ///< seconds that measuring takes
    int m_measured = 0;     ///< times that was seen
};

} // namespace nunatak::tasks
