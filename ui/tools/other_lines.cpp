// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/other_lines.h"

#include "editing/nearest.h"
#include "editing/redraw_plan.h"
#include "editing/take_stretch.h"
#include "geo/paths.h"
#include "ui/tools/hit.h"
#include "ui/tools/line_gesture.h"
#include "ui/tools/refusal.h"
#include "ui/tools/take_here_tool.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::ui::tools {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// Pixels within which a point is on a line of which it shall follow.
constexpr double followReach = 6;
constexpr std::size_t mostItems = 3;

Proposal taken(const outlines::OutlineRef& ref, const nunatak::editing::StretchRequest& request,
               nunatak::editing::Neighbours neighbours, const Scene& scene) {
    Proposal proposal;
    proposal.refusal = scene.lock(ref);
    if (!proposal.refusal.isEmpty()) {
        return proposal;
    }
    proposal.selection = Selection{{ref}, {}};
    try {
        proposal.edit = nunatak::editing::takeStretch(scene.draft(), ref, request, neighbours);
    } catch (const Error& error) {
        sayWhyNot(error, proposal);
    }
    return proposal;
}

/// What taking a stretch would come to: how much of the outline's area changes (m²), infinite where it is
/// refused; none where there is nothing to take.
std::optional<double> changeBy(const outlines::OutlineRef& ref,
                               const nunatak::editing::StretchRequest& request,
                               nunatak::editing::Neighbours neighbours, const Scene& scene) {
    try {
        const auto edit = nunatak::editing::takeStretch(scene.draft(), ref, request, neighbours);
        for (const auto& change : edit.changes) {
            if (change.before && change.after && change.before->uuid == ref.uuid) {
                return std::abs(change.after->area() - change.before->area());
            }
        }
    } catch (const nunatak::editing::Unfinished&) {
        return std::nullopt;
    } catch (const Error&) { // why not is said to who tries
    }
    return std::numeric_limits<double>::infinity();
}

} // namespace

std::vector<OtherLine> otherLines(geo::Point map, double reach, const std::string& layer,
                                  const Scene& scene) {
    std::vector<OtherLine> lines;
    for (const auto& ref : scene.near(geo::Extent{map.x, map.y, map.x, map.y}.grown(reach))) {
        const auto outline = ref.layer != layer ? scene.outline(ref) : nullptr;
        const bool isOutline = outline != nullptr && !geo::isPath(outline->geometry);
        const auto near = isOutline ? nunatak::editing::nearestEdge(outline->geometry,
                                                                    *scene.indices().of(outline), map, reach)
                                    : std::nullopt;
        if (near) {
            lines.push_back({ref, nunatak::editing::linePlace(outline->geometry, near->from, near->point),
                             near->distance});
        }
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const OtherLine& a, const OtherLine& b) { return a.distance < b.distance; });
    return lines;
}

std::vector<Menu::Item> stretchItems(const outlines::OutlineRef& into, const Place& place, const Scene& scene,
                                     nunatak::editing::Neighbours neighbours) {
    std::vector<Menu::Item> items;
    if (scene.outline(into) == nullptr || !scene.lock(into).isEmpty()) {
        return items;
    }
    struct Offer {
        nunatak::editing::StretchRequest request;
        double change;
    };
    std::vector<Offer> offers;
    for (const OtherLine& line : otherLines(place.map, lineReach * place.metresPerPixel, into.layer, scene)) {
        Offer offer{{line.ref, line.place.edge, line.place.point, pixelUnder(place, scene),
                     scene.layerTitle(line.ref).toStdString()},
                    0};
        const auto change = changeBy(into, offer.request, neighbours, scene);
        if (!change) {
            const auto hole = takeHoleItems(into, line.ref, line.place.edge, scene, neighbours);
            items.insert(items.end(), hole.begin(), hole.end());
            continue;
        }
        offer.change = *change;
        // A line that two outlines of a layer share is one: with the ice on the side where less changes.
        const auto known = std::find_if(offers.begin(), offers.end(), [&](const Offer& each) {
            return each.request.from.layer == line.ref.layer;
        });
        if (known == offers.end()) {
            offers.push_back(std::move(offer));
        } else if (offer.change < known->change) {
            *known = std::move(offer);
        }
    }
    offers.resize(std::min(offers.size(), mostItems));
    for (const Offer& offer : offers) {
        auto title = QString::fromStdString(offer.request.title);
        items.push_back(
            {"edit-copy",
             Words::tr("&Take this stretch · %1").arg(title.replace(QLatin1Char('&'), QStringLiteral("&&"))),
             [ref = into, request = offer.request, neighbours](const Scene& then) {
                 return taken(ref, request, neighbours, then);
             },
             true, QStringLiteral("redraw")});
    }
    return items;
}

std::optional<FollowedLine> followedLine(geo::Point from, const Place& to, const outlines::OutlineRef& target,
                                         const Scene& scene) {
    const double reach = followReach * to.metresPerPixel;
    const auto begins = otherLines(from, reach, target.layer, scene);
    const auto ends = otherLines(to.map, reach, target.layer, scene);
    for (const OtherLine& end : ends) {
        for (const OtherLine& begin : begins) {
            if (begin.ref != end.ref || begin.place.edge.part != end.place.edge.part ||
                begin.place.edge.ring != end.place.edge.ring || begin.place.point == end.place.point) {
                continue;
            }
            FollowedLine followed{
                nunatak::editing::shorterStretch(scene.outline(end.ref)->geometry, begin.place, end.place),
                end.ref};
            // Where it is the outline's line already, who clicks there means the straight way.
            const auto outline = scene.outline(target);
            const auto isOwn = [&](geo::Point point) {
                return outline && nunatak::editing::nearestEdge(outline->geometry,
                                                                *scene.indices().of(outline), point, 1e-6);
            };
            if (!std::all_of(followed.points.begin(), followed.points.end(), isOwn)) {
                return followed;
            }
        }
    }
    return std::nullopt;
}

bool isOnOtherLine(const Place& place, const std::string& layer, const Scene& scene) {
    return !otherLines(place.map, followReach * place.metresPerPixel, layer, scene).empty();
}

} // namespace nunatak::ui::tools
