// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project_fixture.h"

#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// What a glacier of the sequence is, in few numbers: enough to tell each state of it from all others.
struct GlacierState {
    int place = 0;
    int shift = 0; ///< the number of the step that drew it last
    outlines::Review review = outlines::Review::NotReviewed;
    bool operator==(const GlacierState&) const = default;
};

/// Edits by chance whose outcome is known without the program: each step draws its own number. The same seed
/// gives the same edits, so what a project has to hold after n of them can be told without one.
class EditSequence {
public:
    using State = std::map<std::string, GlacierState>;
    static constexpr const char* layer = "inventory";

    /// Begins where the sequence stands: chance() goes on by another seed.
    void beginRound(unsigned seed) { m_chance.seed(seed); }
    const State& state() const { return m_state; }
    int steps() const { return m_steps; }

    static geo::MultiPolygon shapeOf(const GlacierState& glacier) {
        return squareShape(300.0 * glacier.place + 0.01 * (glacier.shift % 5000), glacier.shift / 5000);
    }

    /// The next step; made in the project, too, where one is given.
    void next(project::Project* project) {
        ++m_steps;
        const auto kind = m_chance() % 10;
        if (kind == 0 && !m_undo.empty()) {
            m_redo.push_back(m_undo.back());
            m_state = m_undo.back().first;
            m_undo.pop_back();
            if (project != nullptr) {
                project->undo();
            }
            return;
        }
        if (kind == 1 && !m_redo.empty()) {
            m_undo.push_back(m_redo.back());
            m_state = m_redo.back().second;
            m_redo.pop_back();
            if (project != nullptr) {
                project->redo();
            }
            return;
        }
        State after = m_state;
        if (kind <= 3 || after.size() < 3) {
            after["g" + std::to_string(m_steps)] = {m_steps, m_steps, {}};
        } else if (kind == 4) {
            after.erase(any(after));
        } else if (kind == 5) {
            GlacierState& glacier = after[any(after)];
            glacier.review = glacier.review == outlines::Review::Accepted ? outlines::Review::Doubtful
                                                                          : outlines::Review::Accepted;
        } else {
            const auto count = kind == 9 ? 2 : 1; // of one glacier, or of two at once
            for (int i = 0; i < count; ++i) {
                after[any(after)].shift = m_steps;
            }
        }
        if (project != nullptr) {
            commit(*project, after);
        }
        m_redo.clear();
        m_undo.emplace_back(m_state, after);
        m_state = std::move(after);
    }

    /// What a project holds, in the same few numbers.
    static bool isAs(const State& state, const project::Project& project) {
        const auto& set = project.outlines(layer);
        if (set.size() != state.size()) {
            return false;
        }
        for (const auto& [uuid, glacier] : state) {
            const auto outline = set.find(uuid);
            if (!outline || outline->geometry != shapeOf(glacier) || outline->review != glacier.review) {
                return false;
            }
        }
        return true;
    }

private:
    std::string any(const State& state) {
        auto place = state.begin();
        std::advance(place, static_cast<long>(m_chance() % state.size()));
        return place->first;
    }

    void commit(project::Project& project, const State& after) const {
        editing::Edit edit{"Step " + std::to_string(m_steps), {}, {}, "test"};
        const auto& set = project.outlines(layer);
        for (const auto& [uuid, glacier] : m_state) {
            const auto there = after.find(uuid);
            const auto before = set.find(uuid);
            if (there == after.end()) {
                edit.changes.push_back({layer, before, nullptr});
            } else if (!(there->second == glacier)) {
                outlines::Outline changed = *before;
                changed.geometry = shapeOf(there->second);
                changed.review = there->second.review;
                edit.changes.push_back({layer, before, handle(std::move(changed))});
            }
        }
        for (const auto& [uuid, glacier] : after) {
            if (!m_state.contains(uuid)) {
                outlines::Outline drawn = square(uuid, 0, 0);
                drawn.geometry = shapeOf(glacier);
                edit.changes.push_back({layer, nullptr, handle(std::move(drawn))});
            }
        }
        project.commit(edit);
    }

    State m_state;
    std::vector<std::pair<State, State>> m_undo; ///< before and after
    std::vector<std::pair<State, State>> m_redo;
    int m_steps = 0;
    std::minstd_rand m_chance;
};

} // namespace nunatak::tests
