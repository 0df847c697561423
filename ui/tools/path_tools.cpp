// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/path_tools.h"

#include "editing/paths.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/edge_follower.h"
#include "ui/tools/line_target.h"
#include "ui/tools/line_tool.h"
#include "ui/tools/magnet.h"
#include "ui/tools/refusal.h"
#include "ui/tools/side_words.h"
#include "ui/tools/vertex_gestures.h"

#include <QCoreApplication>

#include <algorithm>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// Why lines or points cannot be drawn now; empty: they can.
QString whyNot(const Scene& scene, geo::ShapeKind shape) {
    const auto* kind = sideKindEdited(scene);
    if (kind == nullptr || kind->shape != shape) {
        return shape == geo::ShapeKind::Polyline
                   ? Words::tr("Lines go into a layer of lines: choose it in Glaciers › Side layers.")
                   : Words::tr("Points go into a layer of points: choose it in Glaciers › Side layers.");
    }
    return scene.lock({scene.editedLayer(), {}});
}

QString layerOf(const Scene& scene, geo::ShapeKind shape) {
    const auto* kind = sideKindEdited(scene);
    return kind != nullptr && kind->shape == shape ? titleOf(*kind) : QString();
}

class DrawLineTool : public LineTool {
    Q_DECLARE_TR_FUNCTIONS(DrawLineTool)

protected:
    std::optional<Proposal> begin(const Place&, const Scene& scene) override {
        Proposal reason;
        reason.refusal = whyNot(scene, geo::ShapeKind::Polyline);
        return reason.refusal.isEmpty() ? std::nullopt : std::optional(std::move(reason));
    }

    Reading read(const geo::Ring& line, const Scene& scene) const override {
        Reading reading;
        Proposal& proposal = reading.proposal;
        if (line.size() < 2) {
            proposal.marks.dots = line;
            reading.isUnfinished = true;
            proposal.refusal = tr("A line needs two points.");
            proposal.hint = tr("On along it · Backspace: a point back · Esc: drop the line");
            return reading;
        }
        try {
            const auto own = lengthened(line, scene);
            proposal.edit =
                own ? nunatak::editing::lengthenedPath(scene.draft(), *own, line)
                    : nunatak::editing::newPath(scene.draft(), scene.editedLayer(), line, likeEdited(scene));
            proposal.done = QString::fromStdString(proposal.edit->description) + QLatin1Char('.');
            proposal.hint = tr("Right click or Enter: done · Backspace: a point back · Esc: drop the line");
        } catch (const Error& error) {
            sayWhyNot(error, proposal);
            proposal.marks.lines.push_back({line, false, Marks::Look::Refused});
        }
        return reading;
    }

    Standing idle(const Scene& scene) const override {
        Standing standing;
        standing.hint = whyNot(scene, geo::ShapeKind::Polyline);
        if (standing.hint.isEmpty()) {
            standing.hint =
                tr("Drag along it, or click its points · Shift: straight · from its end on: longer");
        }
        standing.subject = layerOf(scene, geo::ShapeKind::Polyline);
        return standing;
    }

private:
    /// The selected line, where this one begins at an end of it.
    static std::optional<outlines::OutlineRef> lengthened(const geo::Ring& line, const Scene& scene) {
        const auto ref = selectedOutline(scene);
        const auto outline = ref && ref->layer == scene.editedLayer() ? scene.outline(*ref) : nullptr;
        const auto lines = outline != nullptr ? geo::linesOf(outline->geometry) : std::vector<geo::Ring>();
        const bool isAtEnd = std::any_of(lines.begin(), lines.end(), [&](const geo::Ring& known) {
            return known.front() == line.front() || known.back() == line.front();
        });
        return isAtEnd ? ref : std::nullopt;
    }
};

class PlacePointTool : public Tool {
    Q_DECLARE_TR_FUNCTIONS(PlacePointTool)

public:
    Proposal click(const Place& place, const Scene& scene) override {
        Proposal proposal;
        proposal.refusal = whyNot(scene, geo::ShapeKind::Point);
        if (!proposal.refusal.isEmpty()) {
            return proposal;
        }
        const auto there = held(place, scene);
        proposal = proposed([&] {
            return nunatak::editing::newPath(scene.draft(), scene.editedLayer(),
                                             {there ? there->point : place.map}, likeEdited(scene));
        });
        if (proposal.edit) {
            proposal.done = QString::fromStdString(proposal.edit->description) + QLatin1Char('.');
        }
        return proposal;
    }

    Hover hover(const Place& place, const Scene& scene) override {
        Hover hover{std::nullopt, Qt::CrossCursor, std::nullopt};
        if (const auto there = held(place, scene)) {
            hover.preview.emplace().marks.spots.push_back(there->spot());
        }
        return hover;
    }

    Standing standing(const Scene& scene) const override {
        Standing standing;
        standing.hint = whyNot(scene, geo::ShapeKind::Point);
        if (standing.hint.isEmpty()) {
            standing.hint = tr("Click: a point there · Q and drag it: elsewhere");
        }
        standing.subject = layerOf(scene, geo::ShapeKind::Point);
        return standing;
    }

    void choose(const QString& option, int value) override {
        m_magnet = chosenMagnet(option, value).value_or(m_magnet);
    }

private:
    std::optional<Held> held(const Place& place, const Scene& scene) const {
        return m_magnet != Magnet::Off ? heldAt(place.map, place, scene) : std::nullopt;
    }

    Magnet m_magnet = Magnet::Lines;
};

} // namespace

ToolEntry drawLineTool() {
    return {"drawLine",
            "draw-freehand",
            DrawLineTool::tr("Dra&w line"),
            DrawLineTool::tr("Draw a snow line, a centre line or a terminus into the side layer that is "
                             "edited; from an end of the selected line it goes on"),
            QKeySequence(Qt::Key_Comma),
            [] { return std::make_unique<DrawLineTool>(); },
            {},
            {followingOption(), magnetOption()}};
}

ToolEntry placePointTool() {
    return {"placePoint",
            "crosshairs",
            PlacePointTool::tr("Place &point"),
            PlacePointTool::tr("Place a highest or lowest point in the side layer that is edited"),
            QKeySequence(Qt::Key_Period),
            [] { return std::make_unique<PlacePointTool>(); },
            {},
            {magnetOption()}};
}

} // namespace nunatak::ui::tools
