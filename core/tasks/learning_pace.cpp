// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/learning_pace.h"

#include <algorithm>

namespace nunatak::tasks {

void LearningPace::begin(double now, int firstStep, int steps, double measuring, int stepsBetweenMeasures) {
    *this = {};
    m_last = now;
    m_step = firstStep;
    m_steps = steps;
    m_measuring = measuring;
    m_between = stepsBetweenMeasures;
}

void LearningPace::stepped(double now, int step, bool measured) {
    const double took = std::max(0.0, now - m_last);
    m_last = now;
    m_step = step;
    if (!measured) {
        m_plain += took;
        ++m_plainSteps;
        return;
    }
    // What a step takes is known by then, unless each is measured.
    const double measuring = std::max(0.0, took - perStep());
    m_measuring = (m_measuring * m_measured + measuring) / (m_measured + 1);
    ++m_measured;
}

std::optional<double> LearningPace::secondsLeft() const {
    if ((m_plainSteps == 0 && m_measured == 0) || m_step >= m_steps) {
        return std::nullopt;
    }
    double left = perStep() * (m_steps - m_step);
    if (m_between > 0) {
        const int all = (m_steps + m_between - 1) / m_between;
        left += m_measuring * std::max(0, all - m_step / m_between);
    }
    return left;
}

} // namespace nunatak::tasks
