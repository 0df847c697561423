// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/brush_tool.h"

#include "editing/brush.h"
#include "editing/thin_stroke.h"
#include "ui/tools/command_parts.h"
#include "ui/tools/line_gesture.h"
#include "ui/tools/line_target.h"
#include "ui/tools/neighbours_option.h"
#include "ui/tools/refusal.h"

#include <QCoreApplication>

#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Brush;
using nunatak::editing::BrushStroke;
using nunatak::editing::Ground;
using nunatak::editing::Neighbours;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr auto sizeId = "brushSize";
/// Across, in metres on the ground.
constexpr std::array sizes{5, 10, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1000, 1500, 2000};
constexpr int usualSize = 6;

/// The edge of the brush, on the ground.
Marks::Line circleAround(geo::Point middle, double radius) {
    constexpr int corners = 48;
    Marks::Line circle{{}, true, Marks::Look::Frame};
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        circle.points.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
    }
    return circle;
}

class BrushGesture : public Gesture {
public:
    /// `pixel` in metres: what a hand can tell from the next.
    BrushGesture(BrushStroke stroke, double radius, double pixel, outlines::OutlineRef ref,
                 geo::Point pressed)
        : m_stroke(std::move(stroke)), m_radius(radius), m_pixel(pixel),
          m_ref(std::move(ref)), m_way{pressed} {}

    Proposal at(const Place& place) override {
        passes(place);
        Proposal proposal;
        // A quick hand is far away when it is next heard of: all of its way is painted, in as few strokes as
        // show it.
        const geo::Ring way =
            nunatak::editing::thinnedStroke(std::exchange(m_way, geo::Ring{place.map}), m_pixel);
        for (std::size_t i = m_hasBegun && way.size() > 1 ? 1 : 0; i < way.size(); ++i) {
            proposal = Proposal(); // what is said is of the last of it
            paintTo(way[i], proposal);
        }
        m_hasBegun = true;
        sayIfOthers(proposal);
        proposal.edit = m_stroke.edit();
        proposal.selection = Selection{{m_ref}, {}};
        proposal.marks.lines.push_back(circleAround(place.map, m_radius));
        return proposal;
    }

    void passes(const Place& place) override {
        if (place.map != m_way.back()) {
            m_way.push_back(place.map);
        }
    }

    Proposal release(const Place& place) override {
        at(place);
        // Where the last of it was refused, what was painted until then stays.
        Proposal proposal;
        proposal.selection = Selection{{m_ref}, {}};
        try {
            proposal.edit = m_stroke.finished();
            sayIfOthers(proposal);
        } catch (const Error& error) {
            sayWhyNot(error, proposal);
        }
        return proposal;
    }

private:
    void sayIfOthers(Proposal& proposal) const {
        if (m_stroke.isOnlyOthers()) {
            proposal.refusal = Words::tr("Others' ground: with T, together, they give way.");
        }
    }

    void paintTo(geo::Point place, Proposal& proposal) {
        try {
            m_stroke.paintTo(place);
        } catch (const Error& error) {
            sayWhyNot(error, proposal);
        }
    }

    BrushStroke m_stroke;
    double m_radius;
    double m_pixel;
    outlines::OutlineRef m_ref;
    geo::Ring m_way; ///< since it was painted last, from there
    bool m_hasBegun = false;
};

/// Says why nothing is painted.
class NoStroke : public Gesture {
public:
    explicit NoStroke(Proposal reason) : m_reason(std::move(reason)) {}
    Proposal at(const Place&) override { return m_reason; }

private:
    Proposal m_reason;
};

class BrushTool : public Tool {
    Q_DECLARE_TR_FUNCTIONS(BrushTool)

public:
    std::unique_ptr<Gesture> press(const Place& place, const Scene& scene) override {
        auto target = selectedOutline(scene);
        if (!target) {
            target = outlineAround(place, scene);
        }
        Proposal reason;
        reason.refusal = target ? scene.lock(*target) : tr("Begin in a glacier, or select one.");
        if (!reason.refusal.isEmpty()) {
            reason.locked = target;
            return std::make_unique<NoStroke>(std::move(reason));
        }
        const double radius = radiusAt(place.map, scene);
        const double pixel = pixelUnder(place, scene);
        const Brush brush{radius, pixel, place.isShifted() ? Ground::Remove : Ground::Add};
        return std::make_unique<BrushGesture>(BrushStroke(scene.draft(), *target, brush, m_neighbours),
                                              radius, pixel, *target, place.map);
    }

    Proposal click(const Place& place, const Scene& scene) override {
        return press(place, scene)->release(place);
    }
    /// Two dabs.
    std::optional<Proposal> doubleClick(const Place& place, const Scene& scene) override {
        return click(place, scene);
    }

    Hover hover(const Place& place, const Scene& scene) override {
        Proposal preview;
        preview.marks.lines.push_back(circleAround(place.map, radiusAt(place.map, scene)));
        return {std::nullopt, Qt::CrossCursor, std::move(preview)};
    }

    Standing standing(const Scene& scene) const override {
        const auto ref = selectedOutline(scene);
        return {tr("Drag: add ice · Shift and drag: take it away · Shift and wheel: size"),
                ref ? nameOf(scene, *ref) : QString(),
                {}};
    }

    void choose(const QString& option, int value) override {
        m_neighbours = chosenNeighbours(option, value).value_or(m_neighbours);
        if (option == QLatin1String(sizeId)) {
            m_size = value;
        }
    }

private:
    /// On the map. For a stroke it is that where it begins.
    double radiusAt(geo::Point map, const Scene& scene) const {
        return sizes.at(static_cast<std::size_t>(m_size)) / 2.0 / scene.groundMetres(map);
    }

    int m_size = usualSize;
    Neighbours m_neighbours = Neighbours::Together;
};

Option sizeOption() {
    Option option{sizeId,
                  Words::tr("Size"),
                  Words::tr("How wide the brush is, across"),
                  QKeySequence(Qt::Key_U),
                  {},
                  usualSize,
                  true};
    for (const int metres : sizes) {
        option.values << Words::tr("%1 m").arg(metres);
    }
    return option;
}

} // namespace

ToolEntry brushTool() {
    return {"brush",
            "draw-brush",
            BrushTool::tr("&Brush"),
            BrushTool::tr("Paint ice onto the selected glacier; with Shift take it away"),
            QKeySequence(Qt::Key_B),
            [] { return std::make_unique<BrushTool>(); },
            {},
            {sizeOption(), neighboursOption()}};
}

} // namespace nunatak::ui::tools
