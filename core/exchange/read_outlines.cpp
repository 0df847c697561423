// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/fields.h"
#include "exchange/gdal_messages.h"
#include "exchange/ogr_values.h"
#include "exchange/outline_files.h"

#include "base/error.h"
#include "geo/shape_operations.h"
#include "raster/raster_reader.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <memory>
#include <set>
#include <utility>

namespace nunatak::exchange {

namespace {

using Dataset = std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter>;

bool isPolygonal(OGRwkbGeometryType type) {
    const auto flat = wkbFlatten(type);
    return flat == wkbPolygon || flat == wkbMultiPolygon || flat == wkbCurvePolygon ||
           flat == wkbMultiSurface;
}

/// True when the layer has at least one polygon, whatever its declared type says.
bool hasPolygons(OGRLayer& layer) {
    const auto type = wkbFlatten(layer.GetGeomType());
    const bool mayHave = isPolygonal(type) || type == wkbUnknown || type == wkbGeometryCollection;
    if (!mayHave) {
        return false;
    }
    layer.ResetReading();
    bool found = false;
    while (!found) {
        const OGRFeatureUniquePtr feature(layer.GetNextFeature());
        if (!feature) {
            break;
        }
        const auto* geometry = feature->GetGeometryRef();
        found = geometry != nullptr && !geometry->IsEmpty() &&
                (isPolygonal(geometry->getGeometryType()) ||
                 wkbFlatten(geometry->getGeometryType()) == wkbGeometryCollection);
    }
    layer.ResetReading();
    return found;
}

/// True when the file stores north before east, which our points never do. Most drivers of OGR swap by
/// themselves.
bool storesNorthFirst(const OGRSpatialReference& reference) {
    const auto& mapping = reference.GetDataAxisToSRSAxisMapping();
    const bool asDefined = mapping.size() >= 2 && mapping[0] == 1 && mapping[1] == 2;
    return asDefined &&
           (reference.EPSGTreatsAsLatLong() != 0 || reference.EPSGTreatsAsNorthingEasting() != 0);
}

geo::Ring ringOf(const OGRLinearRing& ring, bool swapped) {
    geo::Ring points;
    const int count = ring.getNumPoints();
    points.reserve(static_cast<std::size_t>(std::max(count, 0)));
    for (int i = 0; i < count; ++i) {
        points.push_back(swapped ? geo::Point{ring.getY(i), ring.getX(i)}
                                 : geo::Point{ring.getX(i), ring.getY(i)});
    }
    if (points.size() > 1 && points.front() == points.back()) {
        points.pop_back();
    }
    return points;
}

void collectPolygons(const OGRGeometry& geometry, bool swapped, geo::MultiPolygon& shape) {
    const auto type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPolygon) {
        const auto& polygon = *geometry.toPolygon();
        if (polygon.getExteriorRing() == nullptr) {
            return;
        }
        geo::Polygon part;
        part.outer = ringOf(*polygon.getExteriorRing(), swapped);
        for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
            auto hole = ringOf(*polygon.getInteriorRing(i), swapped);
            if (hole.size() >= 3) {
                part.holes.push_back(std::move(hole));
            }
        }
        if (part.outer.size() >= 3) {
            shape.push_back(std::move(part));
        }
    } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) != 0) {
        for (const auto* child : *geometry.toGeometryCollection()) {
            collectPolygons(*child, swapped, shape);
        }
    }
}

geo::MultiPolygon polygonsOf(const OGRGeometry& geometry, bool swapped) {
    geo::MultiPolygon shape;
    if (geometry.hasCurveGeometry() != 0) {
        const std::unique_ptr<OGRGeometry> linear(geometry.getLinearGeometry());
        collectPolygons(*linear, swapped, shape);
    } else {
        collectPolygons(geometry, swapped, shape);
    }
    return shape;
}

/// Also true of the two systems by which a GeoPackage says that it knows none.
bool isUndefined(const OGRSpatialReference& reference) {
    const char* name = reference.GetName();
    return reference.IsEmpty() != 0 || reference.IsLocal() != 0 ||
           (name != nullptr && std::string(name).starts_with("Undefined"));
}

geo::Crs crsOf(OGRLayer& layer, const std::string& file) {
    const auto* reference = layer.GetSpatialRef();
    if (reference == nullptr || isUndefined(*reference)) {
        throw Error(file +
                    " has no coordinate system: give it one, for instance with "
                    "\"ogr2ogr -a_srs EPSG:4326 with_crs.gpkg " +
                    file + "\", and import that file.");
    }
    char* text = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    const bool exported = reference->exportToWkt(&text, options) == OGRERR_NONE && text != nullptr;
    const std::string wkt = exported ? text : "";
    CPLFree(text);
    return geo::Crs::fromUserInput(wkt);
}

OGRLayer& firstPolygonLayer(GDALDataset& dataset, const std::string& file, const GdalMessages& messages) {
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        auto* layer = dataset.GetLayer(i);
        if (layer != nullptr && hasPolygons(*layer)) {
            return *layer;
        }
    }
    if (!messages.failure().empty()) {
        throw Error(file + " could not be read" + messages.reason());
    }
    throw Error(file + " has no polygons: choose a file with glacier outlines.");
}

/// Fills in everything but the geometry.
void readFields(const OGRFeature& feature, outlines::Outline& outline) {
    const auto* definition = feature.GetDefnRef();
    for (int i = 0; i < definition->GetFieldCount(); ++i) {
        if (feature.IsFieldSet(i) != 0) {
            setField(outline, definition->GetFieldDefn(i)->GetNameRef(), valueOf(feature, i));
        }
    }
}

} // namespace

ReadOutlines readOutlines(const std::filesystem::path& file, const geo::Crs& target,
                          const Progress& progress) {
    raster::initialiseGdal();
    const std::string name = file.string();
    if (!name.starts_with("/vsi") && !std::filesystem::exists(file)) {
        throw Error(name + " does not exist: check the path.");
    }
    GdalMessages messages;
    const Dataset dataset(static_cast<GDALDataset*>(GDALOpenEx(
        name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, nullptr, nullptr, nullptr)));
    if (!dataset) {
        throw Error(name + " is no vector file that can be read" + messages.reason());
    }
    messages.clear();
    auto& layer = firstPolygonLayer(*dataset, name, messages);
    const geo::CoordinateTransform transform(crsOf(layer, name), target);
    const bool swapped = storesNorthFirst(*layer.GetSpatialRef());
    const double total = static_cast<double>(std::max<GIntBig>(1, layer.GetFeatureCount(FALSE)));

    ReadOutlines result;
    std::set<std::string> uuids;
    double read = 0;
    messages.clear();
    while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
        progress.report(std::min(1.0, read++ / total), "Reading outlines");
        outlines::Outline outline;
        if (const auto* geometry = feature->GetGeometryRef()) {
            outline.geometry = transform(polygonsOf(*geometry, swapped));
        }
        const bool isRepaired = !outline.geometry.empty() && !geo::invalidReason(outline.geometry).empty();
        if (isRepaired) {
            outline.geometry = geo::madeValid(outline.geometry);
            ++result.repaired;
        }
        if (outline.geometry.empty()) {
            ++result.skipped;
            continue;
        }
        readFields(*feature, outline);
        if (!isRepaired) {
            outline.describedShape = geo::fingerprint(outline.geometry);
        }
        // Identity is what ties an outline to its history: two features of one file never share it.
        while (outline.uuid.empty() || !uuids.insert(outline.uuid).second) {
            outline.uuid = outlines::makeUuid();
        }
        result.outlines.push_back(std::move(outline));
    }
    if (!messages.failure().empty()) {
        throw Error(name + " is damaged: reading stopped after " + std::to_string(result.outlines.size()) +
                    " outlines" + messages.reason());
    }
    if (result.outlines.empty()) {
        throw Error(name + " has no polygons with an area: choose a file with glacier outlines.");
    }
    progress.report(1, "Reading outlines");
    return result;
}

} // namespace nunatak::exchange
