// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/move_vertex.h"
#include "ui/tools/tool_table.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// What the line tools to come have in common: clicks are points, and what is done with the line comes last.
class LineTool : public ui::tools::Tool {
public:
    explicit LineTool(std::map<QString, int>& told) : m_told(told) {}

    ui::tools::Proposal click(const ui::tools::Place& place, const ui::tools::Scene&) override {
        m_points.push_back(place.map);
        return {};
    }
    ui::tools::Hover hover(const ui::tools::Place& place, const ui::tools::Scene& scene) override {
        if (m_points.empty()) {
            return {{}, Qt::CrossCursor, {}};
        }
        auto preview = standing(scene).proposal;
        preview.marks.lines.at(0).points.push_back(place.map);
        preview.note = QString("%1 points").arg(m_points.size() + 1);
        return {{}, Qt::CrossCursor, preview};
    }
    bool isBegun() const override { return !m_points.empty(); }
    std::optional<ui::tools::Proposal> finish(const ui::tools::Scene& scene) override {
        if (m_points.empty()) {
            return std::nullopt;
        }
        ui::tools::Proposal proposal;
        if (m_points.size() < 2) {
            proposal.refusal = "One point is no line.";
            return proposal;
        }
        proposal.edit = nunatak::editing::moveVertex(scene.draft(), *scene.selection().only(), {0, 0, 0},
                                                     m_points.back());
        m_points.clear();
        return proposal;
    }
    std::optional<ui::tools::Proposal> pointBack(const ui::tools::Scene&) override {
        if (m_points.empty()) {
            return std::nullopt;
        }
        m_points.pop_back();
        return ui::tools::Proposal();
    }
    std::optional<ui::tools::Proposal> back(const ui::tools::Scene&) override {
        return std::exchange(m_points, {}).empty() ? std::nullopt : std::optional(ui::tools::Proposal());
    }
    ui::tools::Standing standing(const ui::tools::Scene&) const override {
        if (m_points.empty()) {
            return {"Click: begin a line", {}, {}};
        }
        ui::tools::Proposal begun;
        begun.marks.lines.push_back({m_points, false, ui::tools::Marks::Look::Drawn});
        return {"Right click or Enter: done", QString("%1 points").arg(m_points.size()), begun};
    }
    void choose(const QString& option, int value) override { m_told[option] = value; }

private:
    std::map<QString, int>& m_told;
    geo::Ring m_points;
};

inline ui::tools::ToolEntry lineTool(std::map<QString, int>& told) {
    return {
        "line",
        "draw-path",
        "&Line",
        "Draw a line",
        QKeySequence(Qt::Key_L),
        [&told] { return std::make_unique<LineTool>(told); },
        {},
        {{"magnet", "Magnet", "Draw to an edge", QKeySequence(Qt::Key_W), {"off", "ice edge", "ridge"}},
         {"size", "Size", "How far it reaches", QKeySequence(Qt::Key_E), {"10 m", "20 m", "40 m"}, 1, true}}};
}

/// Moves the first vertex of both outlines, as a shared boundary will.
inline ui::tools::ToolEntry pairTool(const outlines::OutlineRef& neighbour) {
    class Pull : public ui::tools::Gesture {
    public:
        Pull(const ui::tools::Scene& scene, const outlines::OutlineRef& other, geo::Point from)
            : m_draft(scene.draft()), m_refs{*scene.selection().only(), other}, m_from(from) {}
        ui::tools::Proposal at(const ui::tools::Place& place) override {
            auto draft = m_draft;
            std::vector<nunatak::editing::Reshape> both;
            for (const auto& ref : m_refs) {
                const auto first = draft.find(ref)->geometry[0].outer[0];
                const geo::Point moved{first.x + place.map.x - m_from.x, first.y + place.map.y - m_from.y};
                both.push_back({ref, {{0, 0, 0, 1, {moved}}}});
            }
            draft.reshape(std::move(both));
            ui::tools::Proposal proposal;
            proposal.edit = draft.edit("Pull", m_refs[0]);
            return proposal;
        }

    private:
        nunatak::editing::Draft m_draft;
        std::vector<outlines::OutlineRef> m_refs;
        geo::Point m_from;
    };
    class PairTool : public ui::tools::Tool {
    public:
        explicit PairTool(outlines::OutlineRef other) : m_other(std::move(other)) {}
        std::unique_ptr<ui::tools::Gesture> press(const ui::tools::Place& place,
                                                  const ui::tools::Scene& scene) override {
            return std::make_unique<Pull>(scene, m_other, place.map);
        }

    private:
        outlines::OutlineRef m_other;
    };
    return {"pair",
            "draw-path",
            "&Pair",
            "Pull two",
            QKeySequence(Qt::Key_P),
            [neighbour] { return std::make_unique<PairTool>(neighbour); },
            {}};
}

} // namespace nunatak::tests
