// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/redraw_tool.h"

#include "editing/redraw.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/edge_follower.h"
#include "ui/tools/hit.h"
#include "ui/tools/line_target.h"
#include "ui/tools/line_tool.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/other_lines.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

namespace nunatak::ui::tools {

namespace {

class RedrawTool : public LineTool {
    Q_DECLARE_TR_FUNCTIONS(RedrawTool)

public:
    bool turn() override {
        if (isDrawing()) {
            m_otherSide = !m_otherSide;
        }
        return isDrawing();
    }

    Menu menu(const Place& place, const Scene& scene) override {
        Menu menu;
        const auto own = selectedOutline(scene);
        menu.items = own ? stretchItems(*own, place, scene, m_neighbours) : std::vector<Menu::Item>();
        if (!menu.items.empty()) {
            const auto& ref = *own;
            menu.heading = QStringLiteral("%1 · %2").arg(nameOf(scene, ref), scene.layerTitle(ref));
        }
        return menu;
    }

    void choose(const QString& option, int value) override {
        LineTool::choose(option, value);
        m_neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
    }

protected:
    std::optional<Proposal> begin(const Place& place, const Scene& scene) override {
        m_otherSide = false;
        m_begun = outlineBegunAt(place, scene);
        Proposal reason;
        reason.refusal = m_begun ? scene.lock(*m_begun) : QString();
        if (reason.refusal.isEmpty()) {
            return std::nullopt;
        }
        reason.locked = m_begun;
        return reason;
    }

    Step step(const geo::Ring& line, const Place& place, const Scene& scene, bool isSet) const override {
        const auto target = m_begun ? m_begun : selectedOutline(scene);
        if (!place.isShifted() && target && !followsEdges()) {
            if (auto followed = followedLine(line.back(), place, *target, scene)) {
                return {std::move(followed->points), true,
                        tr("Along %1 · Shift: straight").arg(scene.layerTitle(followed->ref)), false};
            }
        }
        return LineTool::step(line, place, scene, isSet);
    }

    Reading read(const geo::Ring& line, const Scene& scene) const override {
        Reading reading;
        Proposal& proposal = reading.proposal;
        const auto target = m_begun ? m_begun : outlineMetBy(line, scene);
        if (!target || !scene.lock(*target).isEmpty()) {
            reading.isUnfinished = !target;
            proposal.refusal = target ? scene.lock(*target) : tr("The line meets no glacier.");
            proposal.locked = target;
            drawLine(line, proposal);
            return reading;
        }
        proposal.selection = Selection{{*target}, {}};
        try {
            auto redrawn = nunatak::editing::redraw(
                scene.draft(), *target, {line, lineReach * metresPerPixel(), m_otherSide}, m_neighbours);
            proposal.edit = std::move(redrawn.edit);
            for (auto& stretch : redrawn.unused) {
                proposal.marks.lines.push_back({std::move(stretch), false, Marks::Look::Replaced});
            }
            proposal.hint = tr("Right click or Enter: done · Tab: the other side · Esc: drop the line");
            return reading;
        } catch (const nunatak::editing::Unfinished& missing) {
            reading.isUnfinished = true;
            proposal.refusal = QString::fromUtf8(missing.what());
            proposal.hint = tr("On to the line again · Backspace: a point back · Esc: drop the line");
        } catch (const Error& error) {
            sayWhyNot(error, proposal);
        }
        drawLine(line, proposal);
        if (!reading.isUnfinished) {
            proposal.marks.lines.back().look = Marks::Look::Refused;
        }
        return reading;
    }

    Standing idle(const Scene& scene) const override {
        const auto ref = selectedOutline(scene);
        return {tr("Drag the new line, or click its points · Shift and drag: straight"),
                ref ? nameOf(scene, *ref) : QString(),
                {}};
    }

    void forget() override { m_otherSide = false; }

private:
    static void drawLine(const geo::Ring& line, Proposal& proposal) {
        proposal.marks.lines.push_back({line, false, Marks::Look::Drawn});
        if (line.size() == 1) {
            proposal.marks.dots.push_back(line.front());
        }
    }

    std::optional<outlines::OutlineRef> m_begun; ///< the glacier that the line began at; none: beside all
    bool m_otherSide = false;
    nunatak::editing::Neighbours m_neighbours = nunatak::editing::Neighbours::Together;
};

} // namespace

ToolEntry redrawTool() {
    return {
        "redraw",
        "draw-freehand",
        RedrawTool::tr("Redra&w"),
        RedrawTool::tr("Draw the line of a glacier anew, from boundary to boundary: by dragging or click by "
                       "click, or along a reference's line; Tab: the other side"),
        QKeySequence(Qt::Key_S),
        [] { return std::make_unique<RedrawTool>(); },
        {},
        {neighboursOption(), followingOption(), magnetOption()}};
}

} // namespace nunatak::ui::tools
