// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/redraw_tool.h"

#include "editing/nearest.h"
#include "editing/redraw.h"
#include "editing/stroke_meetings.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/hit.h"
#include "ui/tools/line_tool.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/other_lines.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

#include <algorithm>
#include <compare>
#include <limits>

namespace nunatak::ui::tools {

namespace {

/// Pixels from its line within which a stroke that begins in another glacier is of the one selected already.
constexpr double selectedReach = 100;

geo::Extent around(geo::Point point, double reach) {
    return geo::Extent{point.x, point.y, point.x, point.y}.grown(reach);
}

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
        menu.items = stretchItems(place, scene, m_neighbours);
        if (!menu.items.empty()) {
            const auto& ref = *scene.selection().only();
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
        m_begun = glacierAt(place, scene);
        Proposal reason;
        reason.refusal = m_begun ? scene.lock(*m_begun) : QString();
        if (reason.refusal.isEmpty()) {
            return std::nullopt;
        }
        reason.locked = m_begun;
        return reason;
    }

    Step step(const geo::Ring& line, const Place& place, const Scene& scene) const override {
        const auto target = m_begun ? m_begun : selected(scene);
        if (!place.isShifted() && target) {
            if (auto followed = followedLine(line.back(), place, *target, scene)) {
                return {std::move(followed->points), true,
                        tr("Along %1 · Shift: straight · right click or Enter: done")
                            .arg(scene.layerTitle(followed->ref))};
            }
        }
        return LineTool::step(line, place, scene);
    }

    Reading read(const geo::Ring& line, const Scene& scene) const override {
        Reading reading;
        Proposal& proposal = reading.proposal;
        const auto target = m_begun ? m_begun : metBy(line, scene);
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
            proposal.hint = tr("Right click or Enter: done · Tab: the other side · Esc: all of it");
            return reading;
        } catch (const nunatak::editing::Unfinished& missing) {
            reading.isUnfinished = true;
            proposal.refusal = QString::fromUtf8(missing.what());
            proposal.hint = tr("On to the line again · Backspace: a point back · Esc: all of it");
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
        const auto ref = selected(scene);
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

    static std::optional<outlines::OutlineRef> selected(const Scene& scene) {
        const auto* only = scene.selection().only();
        return only != nullptr && scene.outline(*only) ? std::optional(*only) : std::nullopt;
    }

    static double distanceTo(const outlines::OutlineRef& ref, geo::Point point, double reach,
                             const Scene& scene) {
        const auto outline = scene.outline(ref);
        const auto near = outline ? nunatak::editing::nearestEdge(outline->geometry,
                                                                  *scene.indices().of(outline), point, reach)
                                  : std::nullopt;
        return near ? near->distance : std::numeric_limits<double>::infinity();
    }

    /// The one whose line is nearest within reach; one that can be edited before a reference.
    static std::optional<outlines::OutlineRef> nearest(const Place& place, double pixels, bool isLocked,
                                                       const Scene& scene) {
        const double reach = pixels * place.metresPerPixel;
        std::optional<outlines::OutlineRef> found;
        double least = std::numeric_limits<double>::infinity();
        for (const auto& ref : scene.near(around(place.map, reach))) {
            if (scene.lock(ref).isEmpty() == isLocked) {
                continue;
            }
            if (const double away = distanceTo(ref, place.map, reach, scene); away < least) {
                least = away;
                found = ref;
            }
        }
        return found;
    }

    static std::optional<outlines::OutlineRef> containing(const Place& place, bool isLocked,
                                                          const Scene& scene) {
        for (const auto& ref : scene.at(place.map)) {
            if (scene.lock(ref).isEmpty() != isLocked) {
                return ref;
            }
        }
        return std::nullopt;
    }

    /// Whose line begins here: the selected glacier's, or that of another one whose line is here or in which
    /// the place lies, far from the line of the selected one. None: what the line meets.
    static std::optional<outlines::OutlineRef> glacierAt(const Place& place, const Scene& scene) {
        const auto own = selected(scene);
        const auto ownWithin = [&](double pixels) {
            const double reach = pixels * place.metresPerPixel;
            return own && distanceTo(*own, place.map, reach, scene) <= reach;
        };
        if (ownWithin(lineReach) || (own && geo::contains(scene.outline(*own)->geometry, place.map))) {
            return own;
        }
        if (auto found = nearest(place, lineReach, false, scene)) {
            return found;
        }
        if (ownWithin(selectedReach) && !scene.at(place.map).empty()) {
            return own;
        }
        if (auto found = containing(place, false, scene)) {
            return found;
        }
        if (own && scene.lock(*own).isEmpty() && isOnOtherLine(place, own->layer, scene)) {
            return own; // which follows that line
        }
        if (auto found = nearest(place, lineReach, true, scene)) {
            return found;
        }
        return containing(place, true, scene);
    }

    /// Of the glaciers that the line meets the selected one, else the first; those that can be edited before
    /// references.
    static std::optional<outlines::OutlineRef> metBy(const geo::Ring& line, const Scene& scene) {
        struct Met {
            bool isLocked;
            bool isOther;
            std::size_t segment;
            double share;
            auto operator<=>(const Met&) const = default;
        };
        std::optional<outlines::OutlineRef> first;
        std::optional<Met> least;
        const auto own = selected(scene);
        geo::Extent extent;
        std::for_each(line.begin(), line.end(), [&](geo::Point point) { extent.include(point); });
        for (const auto& ref : scene.near(extent)) {
            const auto outline = scene.outline(ref);
            const auto meetings =
                nunatak::editing::meetingsOf(outline->geometry, *scene.indices().of(outline), line);
            if (meetings.empty()) {
                continue;
            }
            const Met met{!scene.lock(ref).isEmpty(), ref != own, meetings.front().segment,
                          meetings.front().share};
            if (!least || met < *least) {
                least = met;
                first = ref;
            }
        }
        return first;
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
        {neighboursOption(), magnetOption()}};
}

} // namespace nunatak::ui::tools
