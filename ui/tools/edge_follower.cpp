// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/edge_follower.h"

#include "geo/segments.h"
#include "wire/live_wire.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <chrono>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr auto id = "wire";
constexpr std::array<std::optional<wire::Along>, 3> values{std::nullopt, wire::Along::Picture,
                                                           wire::Along::Probability};
/// Pixels of the view within which a click means an edge: as the magnet draws to a line.
constexpr double edgePull = linePull;
/// And of the picture: what is farther off in it than that is another line, however small it is shown.
constexpr double farthestEdge = 3;
// A move answers within a frame; a click takes what is whole.
constexpr std::chrono::milliseconds moment(8);
constexpr std::chrono::milliseconds longest(1500);

geo::Extent around(geo::Point a, geo::Point b) {
    geo::Extent extent;
    extent.include(a);
    extent.include(b);
    return extent;
}

/// A wire from one place that can be asked for another: it is made where there is none.
bool isReady(std::unique_ptr<wire::LiveWire>& wire, const SeenEdges& seen, geo::Point from, geo::Point to) {
    if (seen.surface == nullptr || !seen.surface->contains(from) || !seen.surface->contains(to)) {
        return false;
    }
    if (wire == nullptr || wire->from() != from || wire->surface() != seen.surface) {
        wire = std::make_unique<wire::LiveWire>(seen.surface, from);
    }
    return true;
}

/// Whether a line comes nearer than this to another one that begins where it ends and ends where it begins,
/// but for three times as far around both places.
bool comesBack(const geo::Ring& line, const geo::Ring& other, double nearest) {
    const auto isEnd = [&](geo::Point point) {
        return std::min(geo::distance(point, line.front()), geo::distance(point, line.back())) < 3 * nearest;
    };
    geo::Extent extent;
    for (const geo::Point& point : line) {
        extent.include(point);
    }
    extent = extent.grown(nearest);
    for (std::size_t i = 0; i + 1 < other.size(); ++i) {
        if (!extent.intersects(around(other[i], other[i + 1]))) {
            continue;
        }
        for (std::size_t k = 0; k + 1 < line.size(); ++k) {
            const bool isNear =
                (!isEnd(line[k]) && geo::distanceToSegment(line[k], other[i], other[i + 1]) < nearest) ||
                (!isEnd(other[i]) && geo::distanceToSegment(other[i], line[k], line[k + 1]) < nearest) ||
                geo::meet(other[i], other[i + 1], line[k], line[k + 1]) == geo::Meeting::Cross;
            if (isNear) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

Option followingOption() {
    return {
        id,
        Words::tr("Live-wire"),
        Words::tr("From click to click the line follows the strongest edge of the picture, or where the "
                  "model's probability is one half; Shift: straight"),
        QKeySequence(Qt::SHIFT | Qt::Key_G),
        {Words::tr("off"), Words::tr("picture"), Words::tr("model")},
        0,
        false,
        {Words::tr("Live-wire off: from click to click the line is straight"),
         Words::tr("Live-wire along the picture: from click to click the line follows the strongest edge of "
                   "what is shown"),
         Words::tr("Live-wire along the model: from click to click the line follows where the probability "
                   "of ice is one half")},
        "redraw"};
}

EdgeFollower::EdgeFollower() = default;
EdgeFollower::~EdgeFollower() = default;

void EdgeFollower::choose(const QString& option, int value) {
    if (option == QLatin1String(id)) {
        m_along = values.at(static_cast<std::size_t>(value));
        forget();
    }
}

void EdgeFollower::forget() {
    m_wire.reset();
    m_closing.reset();
}

EdgeFollower::Stretch EdgeFollower::along(geo::Point from, const Place& place, const Scene& scene,
                                          bool isSet) const {
    Stretch straight{{place.map}, {}, false};
    if (!isOn() || place.isShifted()) {
        return straight;
    }
    const auto seen = scene.edges(*m_along, around(from, place.map), place.metresPerPixel);
    if (!isReady(m_wire, seen, from, place.map)) {
        straight.isComing = seen.isComing;
        straight.hint = seen.isComing ? Words::tr("Looking for edges… · straight until then")
                        : seen.missing.isEmpty()
                            ? Words::tr("There is no picture here to follow · the line is straight")
                            : Words::tr("%1 · the line is straight").arg(seen.missing);
        return straight;
    }
    if (!seen.surface->hasEdges()) {
        straight.hint = Words::tr("There is no edge in sight · the line is straight");
        return straight;
    }
    auto found = m_wire->to(place.map, isSet ? longest : moment);
    return {std::move(found.points),
            Words::tr("Where it goes wrong, click where it should pass · Shift: straight"), !found.isWhole};
}

geo::Ring EdgeFollower::closing(const geo::Ring& line, const Scene& scene, double metresPerPixel,
                                bool isSet) const {
    if (!isOn() || line.size() < 3) {
        return {};
    }
    const auto seen = scene.edges(*m_along, around(line.front(), line.back()), metresPerPixel);
    if (!isReady(m_closing, seen, line.front(), line.back()) || !seen.surface->hasEdges()) {
        return {};
    }
    auto found = m_closing->to(line.back(), isSet ? longest : std::chrono::milliseconds(0));
    if (!found.isWhole || comesBack(found.points, line, seen.surface->grid().pixelSize)) {
        return {};
    }
    std::reverse(found.points.begin(), found.points.end());
    return {found.points.begin() + 1, found.points.end() - 1};
}

std::optional<Held> EdgeFollower::edgeAt(const Place& place, const Scene& scene) const {
    if (!isOn() || place.isShifted()) {
        return std::nullopt;
    }
    const auto seen = scene.edges(*m_along, around(place.map, place.map), place.metresPerPixel);
    if (seen.surface == nullptr) {
        return std::nullopt;
    }
    const double reach =
        std::min(edgePull * place.metresPerPixel, farthestEdge * seen.surface->grid().pixelSize);
    const auto edge = seen.surface->strongestNear(place.map, reach);
    return edge ? std::optional(Held{*edge, Marks::Spot::Kind::HeldEdge}) : std::nullopt;
}

} // namespace nunatak::ui::tools
