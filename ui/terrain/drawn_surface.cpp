// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/drawn_surface.h"

#include <utility>

namespace nunatak::ui::terrain {

namespace {

/// A ray may come in below a tile's edge where the neighbour is drawn coarser: as far as its skirt reaches.
double skirtOf(const TileData& tile) {
    const auto& edges = tile.edges;
    // On the scene's own edge there is no skirt but a wall.
    return edges.west || edges.east || edges.north || edges.south ? 1e-3 : 2 * tile.error + 1e-3;
}

HeightMesh morphed(const TileData& tile, double morph) {
    auto mesh = tile.mesh;
    for (std::size_t i = 0; i < mesh.heights.values().size(); ++i) {
        const float own = mesh.heights.values()[i];
        mesh.heights.values()[i] = static_cast<float>(own + morph * (tile.coarse.heights.values()[i] - own));
    }
    return mesh;
}

} // namespace

DrawnSurface::DrawnSurface(std::shared_ptr<const HeightMesh> overview, std::vector<Part> parts)
    : m_overview(std::move(overview)), m_parts(std::move(parts)) {}

double DrawnSurface::heightAt(geo::Point map) const {
    for (const auto& part : m_parts) {
        if (part.tile->mesh.heightGrid.extent().contains(map)) {
            return part.tile->heightAt(map, part.morph);
        }
    }
    return m_overview ? m_overview->heightAt(map) : 0;
}

std::optional<Vec3> DrawnSurface::intersect(const Vec3& origin, const Vec3& direction,
                                            double exaggeration) const {
    if (m_parts.empty()) {
        return m_overview ? intersectSurface(*m_overview, origin, direction, exaggeration) : std::nullopt;
    }
    std::optional<Vec3> nearest;
    double least = 0;
    for (const auto& part : m_parts) {
        const auto place = part.morph > 0 ? intersectSurface(morphed(*part.tile, part.morph), origin,
                                                             direction, exaggeration, skirtOf(*part.tile))
                                          : intersectSurface(part.tile->mesh, origin, direction, exaggeration,
                                                             skirtOf(*part.tile));
        if (!place) {
            continue;
        }
        const double away = dot(*place - origin, direction);
        if (!nearest || away < least) {
            nearest = place;
            least = away;
        }
    }
    return nearest;
}

} // namespace nunatak::ui::terrain
