// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/split_tool.h"

#include "editing/redraw_plan.h"
#include "editing/split.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/edge_follower.h"
#include "ui/tools/hit.h"
#include "ui/tools/line_target.h"
#include "ui/tools/line_tool.h"
#include "ui/tools/magnet.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

#include <array>

namespace nunatak::ui::tools {

namespace {

class SplitTool : public LineTool {
    Q_DECLARE_TR_FUNCTIONS(SplitTool)

public:
    void choose(const QString& option, int value) override {
        LineTool::choose(option, value);
        m_neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
    }

protected:
    std::optional<Proposal> begin(const Place& place, const Scene& scene) override {
        m_begun = outlineBegunAt(place, scene);
        Proposal reason;
        reason.refusal = m_begun ? scene.lock(*m_begun) : QString();
        if (reason.refusal.isEmpty()) {
            return std::nullopt;
        }
        reason.locked = m_begun;
        return reason;
    }

    Reading read(const geo::Ring& line, const Scene& scene) const override {
        Reading reading;
        Proposal& proposal = reading.proposal;
        proposal.marks.lines.push_back({line, false, Marks::Look::Drawn});
        if (line.size() == 1) {
            proposal.marks.dots.push_back(line.front());
        }
        const auto target = m_begun ? m_begun : outlineMetBy(line, scene);
        if (!target || !scene.lock(*target).isEmpty()) {
            reading.isUnfinished = !target;
            proposal.refusal = target ? scene.lock(*target) : tr("The line meets no glacier.");
            proposal.locked = target;
            return reading;
        }
        proposal.selection = Selection{{*target}, {}};
        try {
            const std::array lines{line};
            auto parted = nunatak::editing::split(scene.draft(), *target, lines,
                                                  {lineReach * metresPerPixel(), 0, m_neighbours});
            proposal.edit = std::move(parted.edit);
            proposal.note = tr("%n glaciers", nullptr, static_cast<int>(parted.pieces.size()));
            proposal.done = QString::fromStdString(proposal.edit->description) + QLatin1Char('.');
            proposal.hint = tr("Right click or Enter: split · Backspace: a point back · Esc: drop the line");
        } catch (const nunatak::editing::Unfinished& missing) {
            reading.isUnfinished = true;
            proposal.refusal = QString::fromUtf8(missing.what());
            proposal.hint = tr("On across the glacier · Backspace: a point back · Esc: drop the line");
        } catch (const Error& error) {
            sayWhyNot(error, proposal);
            proposal.marks.lines.front().look = Marks::Look::Refused;
        }
        return reading;
    }

    Standing idle(const Scene& scene) const override {
        const auto ref = selectedOutline(scene);
        return {tr("Drag the divide across the glacier, or click its points · Shift and drag: straight"),
                ref ? nameOf(scene, *ref) : QString(),
                {}};
    }

    void forget() override { m_begun.reset(); }

private:
    std::optional<outlines::OutlineRef> m_begun; ///< the glacier that the line began at; none: beside all
    nunatak::editing::Neighbours m_neighbours = nunatak::editing::Neighbours::Together;
};

} // namespace

ToolEntry splitTool() {
    return {"split",
            "edit-cut",
            SplitTool::tr("S&plit"),
            SplitTool::tr("Part a glacier along a line from edge to edge, such as an ice divide"),
            QKeySequence(Qt::Key_C),
            [] { return std::make_unique<SplitTool>(); },
            {},
            {neighboursOption(), followingOption(), magnetOption()}};
}

} // namespace nunatak::ui::tools
