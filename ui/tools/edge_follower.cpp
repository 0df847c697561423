// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/edge_follower.h"

#include "wire/live_wire.h"

#include <QCoreApplication>

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
// A move answers within a frame; a click takes what is whole.
constexpr std::chrono::milliseconds moment(8);
constexpr std::chrono::milliseconds longest(1500);

geo::Extent around(geo::Point a, geo::Point b) {
    geo::Extent extent;
    extent.include(a);
    extent.include(b);
    return extent;
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
}

EdgeFollower::Stretch EdgeFollower::along(geo::Point from, const Place& place, const Scene& scene,
                                          bool isSet) const {
    Stretch straight{{place.map}, {}, false};
    if (!isOn() || place.isShifted()) {
        return straight;
    }
    const auto seen = scene.edges(*m_along, around(from, place.map), place.metresPerPixel);
    if (seen.surface != nullptr && seen.surface->contains(from) &&
        (m_wire == nullptr || m_wire->from() != from || m_wire->surface() != seen.surface)) {
        m_wire = std::make_unique<wire::LiveWire>(seen.surface, from);
    }
    const bool isThere = m_wire != nullptr && m_wire->from() == from && m_wire->surface() == seen.surface &&
                         seen.surface->contains(place.map);
    if (!isThere) {
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
    return {
        std::move(found.points),
        Words::tr("It goes wrong: click where it should pass · Shift: straight · right click or Enter: done"),
        !found.isWhole};
}

std::optional<Held> EdgeFollower::edgeAt(const Place& place, const Scene& scene) const {
    if (!isOn() || place.isShifted()) {
        return std::nullopt;
    }
    const auto seen = scene.edges(*m_along, around(place.map, place.map), place.metresPerPixel);
    const auto edge = seen.surface != nullptr
                          ? seen.surface->strongestNear(place.map, edgePull * place.metresPerPixel)
                          : std::nullopt;
    return edge ? std::optional(Held{*edge, Marks::Spot::Kind::HeldEdge}) : std::nullopt;
}

} // namespace nunatak::ui::tools
