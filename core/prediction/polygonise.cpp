// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/polygonise.h"

#include "base/error.h"
#include "class_polygons.h"
#include "geo/shape_operations.h"
#include "smoothed_arc.h"

namespace nunatak::prediction {

PolygoniseResult polygonise(Image<std::uint8_t> classes, const geo::Grid& grid, double minimumArea,
                            OutlineForm form) {
    if (classes.rows() != grid.rows || classes.columns() != grid.columns || classes.bands() != 1) {
        throw Error("The class map and its grid have different sizes.");
    }
    PolygoniseResult result;
    if (classes.empty()) {
        return result;
    }
    const bool isRaw = form == OutlineForm::Raw;
    const auto toMap = [&grid](geo::Ring& ring) {
        for (auto& vertex : ring) {
            vertex = grid.toMap(vertex.x, vertex.y);
        }
    };
    for (auto& polygon : classPolygons(classes, isRaw, isRaw ? cornersOf : smoothedArc)) {
        toMap(polygon.outer);
        for (auto& hole : polygon.holes) {
            toMap(hole);
        }
        geo::MultiPolygon shape{std::move(polygon)};
        if (geo::geodesicArea(shape, grid.crs) < minimumArea) {
            ++result.dropped;
        } else {
            result.glaciers.push_back(std::move(shape));
        }
    }
    return result;
}

} // namespace nunatak::prediction
