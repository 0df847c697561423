// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/fields.h"
#include "exchange/gdal_messages.h"
#include "exchange/ogr_values.h"
#include "exchange/outline_files.h"
#include "exchange/replace_files.h"

#include "base/error.h"
#include "base/project_file.h"
#include "geo/shape_operations.h"
#include "raster/raster_reader.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>

namespace nunatak::exchange {

namespace fs = std::filesystem;

namespace {

using DatasetPointer = std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter>;

struct Format {
    const char* driver;
    std::size_t longestName; ///< of a field
    bool longitudeLatitude;  ///< RFC 7946: EPSG:4326 whatever the project's
    std::vector<const char*> layerOptions;
    std::vector<std::string> siblings; ///< extensions of the files that make up one of these
};

std::string lowerExtension(const fs::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

Format formatOf(const fs::path& file) {
    const std::string extension = lowerExtension(file);
    if (extension == ".shp") {
        return {"ESRI Shapefile",
                10,
                false,
                {"ENCODING=UTF-8", nullptr},
                // Indexes and metadata of the replaced file would lie about the new one, so they go with it.
                {".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".qpj", ".qmd", ".ain",
                 ".aih", ".idm", ".ind", ".shp.xml"}};
    }
    if (extension == ".gpkg") {
        return {"GPKG",
                63,
                false,
                {"GEOMETRY_NAME=geom", nullptr},
                {".gpkg", ".gpkg-wal", ".gpkg-shm", ".gpkg-journal"}};
    }
    if (extension == ".geojson" || extension == ".json") {
        return {"GeoJSON", 63, true, {"RFC7946=YES", "COORDINATE_PRECISION=9", nullptr}, {extension}};
    }
    throw Error("Outlines cannot be written to " + file.string() +
                ": use a name that ends in .shp, .gpkg or .geojson.");
}

/// The drivers write endings in small letters; where somebody asked for capitals, all parts of the file have
/// them.
void matchCase(const fs::path& folder, const std::string& extension) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    const bool capitals = std::isupper(static_cast<unsigned char>(extension.back())) != 0;
    for (const auto& file : files) {
        std::string ending = lowerExtension(file);
        if (ending == lowerExtension("x" + extension)) {
            ending = extension;
        } else if (capitals) {
            std::transform(ending.begin(), ending.end(), ending.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        }
        fs::path renamed = file;
        renamed.replace_extension(ending);
        fs::rename(file, renamed);
    }
}

/// Adds the points of a ring, closed; counter-clockwise or clockwise as asked for.
std::unique_ptr<OGRLinearRing> toOgr(const geo::Ring& ring, bool counterClockwise) {
    double twiceArea = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        // Relative to the first point: northings of millions of metres would eat the digits of a small ring.
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        twiceArea += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y);
    }
    auto made = std::make_unique<OGRLinearRing>();
    made->setNumPoints(static_cast<int>(ring.size()), FALSE);
    const bool reversed = (twiceArea > 0) != counterClockwise;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& point = ring[reversed ? ring.size() - 1 - i : i];
        made->setPoint(static_cast<int>(i), point.x, point.y);
    }
    made->closeRings();
    return made;
}

std::unique_ptr<OGRGeometry> toOgr(const geo::MultiPolygon& shape) {
    auto whole = std::make_unique<OGRMultiPolygon>();
    for (const auto& part : shape) {
        auto polygon = std::make_unique<OGRPolygon>();
        polygon->addRingDirectly(toOgr(part.outer, true).release());
        for (const auto& hole : part.holes) {
            polygon->addRingDirectly(toOgr(hole, false).release());
        }
        whole->addGeometryDirectly(polygon.release());
    }
    return whole;
}

/// What the columns of ours need and the outline does not say itself.
struct Measures {
    double areaKm2 = 0;
    geo::Point inside; ///< longitude, latitude of a point in the glacier
};

Measures measure(const outlines::Outline& outline, const geo::Crs& crs,
                 const geo::CoordinateTransform& toDegrees) {
    Measures measures;
    measures.areaKm2 = geo::geodesicArea(outline.geometry, crs) / 1e6;
    OGRPoint point;
    const auto whole = toOgr(outline.geometry);
    if (whole->toMultiPolygon()->PointOnSurface(&point) == OGRERR_NONE) {
        measures.inside = toDegrees(geo::Point{point.getX(), point.getY()});
    } else {
        measures.inside = toDegrees(geo::extentOf(outline.geometry).center());
    }
    return measures;
}

void setText(OGRFeature& feature, int index, const std::string& text) {
    if (!text.empty()) {
        feature.SetField(index, text.c_str());
    }
}

void fillFeature(OGRFeature& feature, const std::vector<Column>& columns, const outlines::Outline& outline,
                 const Measures& measures) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int index = static_cast<int>(i);
        const auto& column = columns[i];
        if (!column.attribute.empty()) {
            const auto found = outline.attributes.find(column.attribute);
            if (found != outline.attributes.end()) {
                column.type == outlines::AttributeType::Text ? setText(feature, index, found->second.text())
                                                             : setValue(feature, index, found->second);
            }
        } else if (column.name == "cenlon") {
            feature.SetField(index, measures.inside.x);
        } else if (column.name == "cenlat") {
            feature.SetField(index, measures.inside.y);
        } else if (column.name == "area_km2") {
            feature.SetField(index, measures.areaKm2);
        } else if (column.name == "utm_zone") {
            feature.SetField(
                index, std::clamp(static_cast<int>(std::floor((measures.inside.x + 180) / 6)) + 1, 1, 60));
        } else if (column.name == "threshold") {
            if (!outline.model.empty()) {
                feature.SetField(index, outline.threshold);
            }
        } else {
            switch (roleOf(column.name)) {
            case FieldRole::Uuid:
                setText(feature, index, outline.uuid);
                break;
            case FieldRole::Name:
                setText(feature, index, outline.name);
                break;
            case FieldRole::Date:
                setText(feature, index, outline.srcDate);
                break;
            case FieldRole::SceneId:
                setText(feature, index, outline.sceneId);
                break;
            case FieldRole::Sensor:
                setText(feature, index, outline.sensor);
                break;
            case FieldRole::Model:
                setText(feature, index, outline.model);
                break;
            case FieldRole::ModelFingerprint:
                setText(feature, index, outline.modelFingerprint);
                break;
            case FieldRole::Run:
                setText(feature, index, outline.run);
                break;
            case FieldRole::Review:
                if (outline.review != outlines::Review::NotReviewed) {
                    setText(feature, index, outlines::toString(outline.review));
                }
                break;
            default:
                break;
            }
        }
    }
}

OGRFieldType ogrType(outlines::AttributeType type) {
    using Type = outlines::AttributeType;
    switch (type) {
    case Type::Integer:
        return OFTInteger64;
    case Type::Boolean:
        return OFTInteger;
    case Type::Real:
        return OFTReal;
    case Type::Date:
        return OFTDate;
    default:
        return OFTString;
    }
}

/// A valid copy of the shape; throws when nothing with an area is left.
geo::MultiPolygon checkedShape(const geo::MultiPolygon& shape, const outlines::Outline& outline) {
    geo::MultiPolygon valid = geo::invalidReason(shape).empty() ? shape : geo::madeValid(shape);
    if (valid.empty() || !(geo::planarArea(valid) > 0)) {
        throw Error("The outline " +
                    (outline.name.empty() ? outline.uuid : outline.name + " (" + outline.uuid + ")") +
                    " has no area and cannot be exported: remove it, or draw it again.");
    }
    return valid;
}

/// A GeoPackage may hold much besides outlines: one that does is not replaced.
void refuseToReplaceMoreThanOutlines(const fs::path& file) {
    if (!fs::exists(file)) {
        return;
    }
    const GdalMessages messages;
    const DatasetPointer existing(static_cast<GDALDataset*>(
        GDALOpenEx(file.c_str(), GDAL_OF_ALL | GDAL_OF_READONLY, nullptr, nullptr, nullptr)));
    if (!existing) {
        return;
    }
    bool more = existing->GetLayerCount() > 1 || existing->GetRasterCount() > 0;
    for (auto* layer : existing->GetLayers()) {
        more = more || layer->GetGeomType() == wkbNone;
    }
    if (more) {
        throw Error(file.string() +
                    " already holds other layers, which would be lost: choose another file name.");
    }
}

class OutlineWriter {
public:
    OutlineWriter(const fs::path& file, const Format& format, const geo::Crs& crs,
                  std::vector<Column> columns)
        : m_file(file), m_columns(std::move(columns)) {
        auto* driver = GetGDALDriverManager()->GetDriverByName(format.driver);
        if (driver == nullptr) {
            throw Error(std::string("This GDAL has no driver for ") + format.driver +
                        ": install the full libgdal.");
        }
        m_dataset.reset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!m_dataset) {
            fail();
        }
        OGRSpatialReference reference;
        reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (reference.SetFromUserInput(crs.wkt().c_str()) != OGRERR_NONE) {
            throw Error("The coordinate system " + crs.name() + " cannot be written to " +
                        file.filename().string() + ".");
        }
        auto options = format.layerOptions;
        m_layer = m_dataset->CreateLayer(file.stem().c_str(), &reference, wkbMultiPolygon,
                                         const_cast<char**>(options.data()));
        if (m_layer == nullptr) {
            fail();
        }
        for (const auto& column : m_columns) {
            OGRFieldDefn field(column.name.c_str(), ogrType(column.type));
            if (m_layer->CreateField(&field) != OGRERR_NONE) {
                fail();
            }
        }
        // One transaction where the format has them; per feature they cost a sync each.
        m_transaction = m_dataset->StartTransaction() == OGRERR_NONE;
        m_messages.clear();
    }

    void write(const outlines::Outline& outline, const geo::MultiPolygon& shape, const Measures& measures) {
        const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(m_layer->GetLayerDefn()));
        fillFeature(*feature, m_columns, outline, measures);
        feature->SetGeometryDirectly(toOgr(shape).release());
        if (m_layer->CreateFeature(feature.get()) != OGRERR_NONE) {
            fail();
        }
    }

    /// Closes the file and reads it back: some drivers say nothing when the disk is full.
    void finish(std::size_t written) {
        if (m_transaction && m_dataset->CommitTransaction() != OGRERR_NONE) {
            fail();
        }
        m_dataset.reset();
        if (!m_messages.failure().empty()) {
            fail();
        }
        const DatasetPointer again(static_cast<GDALDataset*>(
            GDALOpenEx(m_file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr)));
        auto* layer = again ? again->GetLayer(0) : nullptr;
        std::size_t read = 0;
        while (layer != nullptr) {
            const OGRFeatureUniquePtr feature(layer->GetNextFeature());
            if (!feature) {
                break;
            }
            const auto* geometry = feature->GetGeometryRef();
            read += geometry != nullptr && geometry->IsEmpty() == 0 ? 1 : 0;
        }
        if (layer == nullptr || read != written || !m_messages.failure().empty()) {
            fail();
        }
    }

private:
    [[noreturn]] void fail() {
        throw Error(m_file.filename().string() + " could not be written (is the disk full?)" +
                    m_messages.reason());
    }

    GdalMessages m_messages;
    fs::path m_file;
    std::vector<Column> m_columns;
    DatasetPointer m_dataset;
    OGRLayer* m_layer = nullptr; // owned by the dataset
    bool m_transaction = false;
};

} // namespace

void writeOutlines(const std::vector<outlines::Outline>& outlines, const geo::Crs& crs, const fs::path& file,
                   const Progress& progress) {
    raster::initialiseGdal();
    throwIfProject(file);
    const Format format = formatOf(file);
    if (crs.empty()) {
        throw Error("Outlines without a coordinate system cannot be written to " + file.string() + ".");
    }
    const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
    const geo::CoordinateTransform toDegrees(crs, degrees);
    if (std::string(format.driver) == "GPKG") {
        refuseToReplaceMoreThanOutlines(file);
    }
    const StagingFolder staging(file);
    {
        OutlineWriter writer(staging.path() / (file.stem().string() + lowerExtension(file)), format,
                             format.longitudeLatitude ? degrees : crs,
                             columnsFor(outlines, format.longestName));
        double written = 0;
        for (const auto& outline : outlines) {
            progress.report(written++ / static_cast<double>(outlines.size()), "Writing outlines");
            const auto shape = checkedShape(outline.geometry, outline);
            const auto measures = measure(outline, crs, toDegrees);
            writer.write(outline, format.longitudeLatitude ? checkedShape(toDegrees(shape), outline) : shape,
                         measures);
        }
        writer.finish(outlines.size());
    }
    if (lowerExtension(file) != file.extension()) {
        matchCase(staging.path(), file.extension().string());
    }
    fs::path stem = file;
    stem.replace_extension();
    std::vector<fs::path> replaced;
    for (const auto& extension : format.siblings) {
        replaced.push_back(stem.string() + extension);
    }
    replaced.push_back(file); // an extension in capitals
    moveIntoPlace(staging, file, replaced);
    progress.report(1, "Writing outlines");
}

} // namespace nunatak::exchange
