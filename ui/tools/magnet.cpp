// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/magnet.h"

#include "editing/boundaries.h"
#include "geo/paths.h"
#include "geo/segments.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <vector>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr auto id = "magnet";
constexpr std::array values{Magnet::Off, Magnet::Lines};

struct Candidate {
    Held held;
    double distance = 0;
};

geo::Extent around(geo::Point point, double reach) {
    return geo::Extent{point.x, point.y, point.x, point.y}.grown(reach);
}

bool isOnOwnRing(geo::Point point, const Scene& scene, const Unheld& own) {
    const auto outline = scene.outline(own.outline);
    bool is = false;
    if (outline != nullptr) {
        scene.indices().of(outline)->visit(
            outline->geometry, around(point, nunatak::editing::onLine), [&](const geo::Edge& edge) {
                is = is || (edge.from.part == own.part && edge.from.ring == own.ring &&
                            geo::distanceToSegment(point, edge.a, edge.b) <= nunatak::editing::onLine);
            });
    }
    return is;
}

} // namespace

Option magnetOption() {
    return {id,
            Words::tr("Magnet"),
            Words::tr("Whether a vertex or a point near another line goes to it, and becomes one with it; "
                      "Shift lets go for as long"),
            QKeySequence(Qt::Key_W),
            {Words::tr("off"), Words::tr("lines")},
            1,
            false,
            {Words::tr("Magnet off: what is near another line stays beside it"),
             Words::tr("Magnet on lines: within 8 pixels of a vertex, or 6 of a line, it goes there; Shift "
                       "lets go")}};
}

std::optional<Magnet> chosenMagnet(const QString& option, int value) {
    return option == QLatin1String(id) ? std::optional(values.at(static_cast<std::size_t>(value)))
                                       : std::nullopt;
}

std::optional<Held> heldAt(geo::Point wanted, const Place& place, const Scene& scene, const Unheld* unheld) {
    if (place.isShifted()) {
        return std::nullopt;
    }
    // Measured on the ground, which on the screen is at most as far.
    const double vertices = vertexPull * place.metresPerPixel;
    const double lines = linePull * place.metresPerPixel;
    const geo::Extent near = around(wanted, std::max(vertices, lines));
    const auto moves = [&](geo::Point point) {
        return unheld != nullptr && unheld->isMoving && unheld->isMoving(point);
    };
    std::vector<Candidate> candidates;
    for (const auto& ref : scene.near(near)) {
        const auto outline = scene.outline(ref);
        if (outline == nullptr) {
            continue;
        }
        const bool isOwn = unheld != nullptr && ref == unheld->outline;
        scene.indices().of(outline)->visit(outline->geometry, near, [&](const geo::Edge& edge) {
            if ((isOwn && edge.from.part == unheld->part && edge.from.ring == unheld->ring) ||
                moves(edge.a) || moves(edge.b)) {
                return;
            }
            for (const geo::Point end : {edge.a, edge.b}) {
                if (const double away = geo::distance(wanted, end); away <= vertices) {
                    candidates.push_back({{end, Marks::Spot::Kind::HeldVertex}, away});
                }
            }
            const geo::Point on = geo::pointAlong(edge.a, edge.b, geo::along(wanted, edge.a, edge.b));
            if (!geo::isEdge(outline->geometry, edge)) {
                return;
            }
            if (const double away = geo::distance(wanted, on); away <= lines) {
                candidates.push_back({{on, Marks::Spot::Kind::HeldLine}, away});
            }
        });
    }
    const auto isVertex = [](const Candidate& each) {
        return each.held.kind == Marks::Spot::Kind::HeldVertex;
    };
    std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        return isVertex(a) != isVertex(b) ? isVertex(a) : a.distance < b.distance;
    });
    for (const Candidate& candidate : candidates) {
        if (unheld == nullptr || !isOnOwnRing(candidate.held.point, scene, *unheld)) {
            return candidate.held;
        }
    }
    return std::nullopt;
}

} // namespace nunatak::ui::tools
