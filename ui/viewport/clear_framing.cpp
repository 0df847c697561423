// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/clear_framing.h"

#include "geo/rings.h"
#include "ui/terrain/terrain.h"
#include "ui/viewport/camera_fit.h"
#include "ui/viewport/camera_ground.h"
#include "ui/viewport/viewport.h"

#include <QMarginsF>
#include <QRectF>
#include <QVariant>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace nunatak::ui::viewport {

namespace {

constexpr double usualMargin = 0.12; // of the view, at each side
constexpr double apart = 10;         // pixels from what lies over it

/// Rectangles of the view in which something lies over the ground, as a camera sees it.
std::vector<QRectF> coveredParts(const Viewport& view, const MapCamera& camera) {
    const bool isPart = view.terrain() != nullptr && !seesWholeScene(view, camera);
    const auto isThere = [&](const QWidget& part) {
        const QVariant beside = part.property(besidePart);
        return beside.isValid() ? isPart && beside.toBool() : part.isVisible();
    };
    const QRectF all(view.rect());
    std::vector<QRectF> parts;
    for (const QObject* child : view.children()) {
        const auto* part = qobject_cast<const QWidget*>(child);
        if (part == nullptr || !isThere(*part) || part->isWindow() || part->property(passing).toBool()) {
            continue;
        }
        // Beside it, not at its edge, also where the finer ground is somewhat higher or lower.
        const QRectF shown = QRectF(part->geometry()).adjusted(-apart, -apart, apart, apart) & all;
        if (!shown.isEmpty() && shown.height() < all.height() / 2) { // a line to swipe by covers nothing
            parts.push_back(shown);
        }
    }
    return parts;
}

/// What would keep all clear of a part of the view, at the side where that costs least; as it was where there
/// would be no room.
QMarginsF beside(const QRectF& part, const QSizeF& size, const QMarginsF& margins) {
    constexpr double mostCovered = 0.6; // in one direction
    const auto lost = [](const QMarginsF& way) {
        return 1 - (1 - way.left() - way.right()) * (1 - way.top() - way.bottom());
    };
    QMarginsF best = margins;
    double least = 1;
    for (const auto& way :
         {QMarginsF(part.right() / size.width(), 0, 0, 0), QMarginsF(0, part.bottom() / size.height(), 0, 0),
          QMarginsF(0, 0, 1 - part.left() / size.width(), 0),
          QMarginsF(0, 0, 0, 1 - part.top() / size.height())}) {
        const QMarginsF wider(std::max(way.left(), margins.left()), std::max(way.top(), margins.top()),
                              std::max(way.right(), margins.right()),
                              std::max(way.bottom(), margins.bottom()));
        if (wider != margins && wider.left() + wider.right() < mostCovered &&
            wider.top() + wider.bottom() < mostCovered && lost(wider) < least) {
            least = lost(wider);
            best = wider;
        }
    }
    return best;
}

} // namespace

bool seesWholeScene(const Viewport& view, const MapCamera& camera) {
    const auto ground = view.terrain();
    const auto extent = ground->heightGrid.extent();
    const std::array corners{geo::Point{extent.xmin, extent.ymin}, geo::Point{extent.xmax, extent.ymin},
                             geo::Point{extent.xmin, extent.ymax}, geo::Point{extent.xmax, extent.ymax}};
    return std::all_of(corners.begin(), corners.end(), [&](const geo::Point& corner) {
        const double height = ground->heightAt(corner) * view.verticalExaggeration();
        const auto place = camera.project({corner.x, corner.y, height}, view.size());
        return place && QRectF(view.rect()).contains(*place);
    });
}

void frameClear(Viewport& view, std::span<const geo::Point> places, double mostTilt) {
    auto camera = MapCamera::fromText(view.cameraState()); // where a flight is under way, its goal
    const auto ground = view.terrain();
    if (places.empty() || !camera) {
        return;
    }
    std::vector<geo::Point> seen;
    if (ground != nullptr) {
        std::copy_if(places.begin(), places.end(), std::back_inserter(seen),
                     [&](geo::Point place) { return ground->heightGrid.extent().contains(place); });
    }
    if (seen.empty()) {
        seen.assign(places.begin(), places.end());
    }
    const double exaggeration = view.verticalExaggeration();
    const auto heightAt = [&](geo::Point map) {
        return ground != nullptr ? ground->heightAt(map) * exaggeration : 0;
    };
    std::vector<Vec3> points;
    geo::Extent extent;
    for (const auto& map : seen) {
        extent.include(map);
        points.push_back({map.x, map.y, heightAt(map)});
    }
    camera->scaleHeights(exaggeration);
    camera->tilt = std::min(camera->tilt, mostTilt);
    camera->target = points.front();
    constexpr double leastSide = 50; // m: a point gets a view of some size
    camera->viewHeight = std::max({extent.width(), extent.height(), leastSide});
    const QSizeF size(std::max(1, view.width()), std::max(1, view.height()));
    QMarginsF margins(usualMargin, usualMargin, usualMargin, usualMargin);
    MapCamera goal = *camera;
    constexpr int mostTries = 8;
    for (int i = 0; i < mostTries; ++i) {
        goal = fitted(*camera, points, size, margins);
        if (ground != nullptr) {
            goal =
                CameraGround{ground->heightGrid.extent(), ground->drapeGrid.pixelSize, heightAt}.within(goal);
        }
        const auto covered = coveredParts(view, goal);
        const auto part = std::find_if(covered.begin(), covered.end(), [&](const QRectF& rect) {
            return std::any_of(points.begin(), points.end(), [&](const Vec3& point) {
                const auto place = goal.project(point, size);
                return place && rect.contains(*place);
            });
        });
        const QMarginsF wider = part != covered.end() ? beside(*part, size, margins) : margins;
        if (wider == margins) {
            break;
        }
        margins = wider;
    }
    goal.scaleHeights(1 / exaggeration);
    view.flyToCamera(goal.toText());
}

void addPlaces(const geo::MultiPolygon& shape, const geo::Extent& within, std::vector<geo::Point>& places) {
    constexpr std::size_t enough = 200; // of a ring
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
        const std::size_t step = 1 + ring.size() / enough;
        for (std::size_t i = 0; i < ring.size(); i += step) {
            if (within.contains(ring[i])) {
                places.push_back(ring[i]);
            }
        }
    });
}

void frameClear(Viewport& view, const geo::Extent& extent, double mostTilt) {
    if (extent.empty()) {
        return;
    }
    geo::Extent seen = extent;
    if (const auto ground = view.terrain()) {
        const auto scene = ground->heightGrid.extent();
        seen = {std::max(seen.xmin, scene.xmin), std::max(seen.ymin, scene.ymin),
                std::min(seen.xmax, scene.xmax), std::min(seen.ymax, scene.ymax)};
    }
    const auto& all = seen.empty() ? extent : seen;
    const std::array corners{all.center(), geo::Point{all.xmin, all.ymin}, geo::Point{all.xmax, all.ymin},
                             geo::Point{all.xmax, all.ymax}, geo::Point{all.xmin, all.ymax}};
    frameClear(view, corners, mostTilt);
}

} // namespace nunatak::ui::viewport
