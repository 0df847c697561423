// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/kept_course.h"

#include "base/error.h"

#include <algorithm>

namespace nunatak::tasks {

using training::Example;
using training::MeasuredAt;
using training::TrainingState;

namespace {

/// Steps from one measure to the next: train() measures ten times.
int measuredEvery(int steps) {
    return std::max(1, (steps + 9) / 10);
}

} // namespace

KeptCourse::KeptCourse(const TrainingFolder* folder, std::shared_ptr<LearningWatch> watch, int steps,
                       std::chrono::milliseconds between)
    : m_folder(folder), m_watch(watch != nullptr ? std::move(watch) : std::make_shared<LearningWatch>()),
      m_steps(steps), m_between(between) {}

std::optional<TrainingState> KeptCourse::begin() {
    m_kept = m_asked = Clock::now();
    std::optional<TrainingState> state;
    if (m_folder != nullptr) {
        std::vector<std::string> told;
        state = m_folder->newest(told);
        for (const auto& sentence : told) {
            note(sentence);
        }
    }
    if (m_watch->wentOn) {
        m_watch->wentOn(state.value_or(TrainingState()), m_steps);
    }
    if (state) {
        m_pace.begin(seconds(Clock::now().time_since_epoch()), state->step, m_steps, 0,
                     measuredEvery(m_steps));
    }
    return state;
}

void KeptCourse::measured(const MeasuredAt& at) {
    const auto now = seconds(Clock::now().time_since_epoch());
    if (at.step == 0) {
        m_pace.begin(now, 0, m_steps, now - seconds(m_asked.time_since_epoch()), measuredEvery(m_steps));
    }
    if (m_watch->measured) {
        m_watch->measured(at);
    }
}

void KeptCourse::examples(const std::vector<Example>& tiles) {
    m_asked = Clock::now();
    if (m_watch->examples) {
        m_watch->examples(tiles);
    }
}

void KeptCourse::note(const std::string& sentence) {
    m_notes.push_back(sentence);
    if (m_watch->noted) {
        m_watch->noted(sentence);
    }
}

void KeptCourse::stepped(int step, double loss) {
    // A step ends where the next one does not begin yet: what was measured after the last one is its own.
    const auto now = seconds(Clock::now().time_since_epoch());
    m_pace.stepped(now, step, step > 1 && (step - 1) % measuredEvery(m_steps) == 0);
    if (m_watch->stepped) {
        m_watch->stepped(step, loss);
    }
    if (const auto left = m_pace.secondsLeft(); left && m_watch->timeLeft) {
        m_watch->timeLeft(*left);
    }
}

bool KeptCourse::wantsState(int) {
    return m_folder != nullptr && (m_watch->pauseAsked || Clock::now() - m_kept >= m_between);
}

void KeptCourse::keep(const TrainingState& state) {
    try {
        m_folder->keep(state);
        m_kept = Clock::now();
        if (m_watch->kept) {
            m_watch->kept(state.step);
        }
    } catch (const Error& error) {
        // The model learns on; tried again after another interval.
        m_kept = Clock::now();
        if (!m_isTold) {
            m_isTold = true;
            note("How far the training came cannot be kept: " + std::string(error.what()) +
                 " It goes on; if it is stopped it goes back to what was kept before.");
        }
    }
    if (m_watch->pauseAsked) {
        throw Cancelled();
    }
}

} // namespace nunatak::tasks
