// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/outline_writer.h"

#include "exchange/not_written.h"
#include "exchange/ogr_values.h"
#include "exchange/written_features.h"

#include "base/error.h"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace nunatak::exchange {

namespace {

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
    static_assert(sizeof(geo::Point) == sizeof(OGRRawPoint), "both are two numbers, x before y");
    const auto* points = reinterpret_cast<const OGRRawPoint*>(ring.data());
    const int count = static_cast<int>(ring.size());
    if ((twiceArea > 0) == counterClockwise) {
        made->setPoints(count, points);
    } else {
        const std::vector<OGRRawPoint> reversed(std::make_reverse_iterator(points + count),
                                                std::make_reverse_iterator(points));
        made->setPoints(count, reversed.data());
    }
    made->closeRings();
    return made;
}

std::unique_ptr<OGRGeometry> pathsToOgr(const geo::MultiPolygon& shape) {
    const auto paths = geo::linesOf(shape);
    if (geo::kindOf(shape) == geo::ShapeKind::Point) {
        if (paths.size() == 1) {
            return std::make_unique<OGRPoint>(paths.front().front().x, paths.front().front().y);
        }
        auto points = std::make_unique<OGRMultiPoint>();
        for (const auto& path : paths) {
            points->addGeometryDirectly(new OGRPoint(path.front().x, path.front().y)); // OGR's from here on
        }
        return points;
    }
    auto lines = std::make_unique<OGRMultiLineString>();
    for (const auto& path : paths) {
        auto line = std::make_unique<OGRLineString>();
        for (const auto& point : path) {
            line->addPoint(point.x, point.y);
        }
        lines->addGeometryDirectly(line.release());
    }
    return lines;
}

OGRwkbGeometryType typeOf(geo::ShapeKind kind) {
    switch (kind) {
    case geo::ShapeKind::Polyline:
        return wkbMultiLineString;
    case geo::ShapeKind::Point:
        return wkbPoint;
    case geo::ShapeKind::Area:
        break;
    }
    return wkbMultiPolygon;
}

std::unique_ptr<OGRGeometry> toOgr(const geo::MultiPolygon& shape) {
    if (geo::isPath(shape)) {
        return pathsToOgr(shape);
    }
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

/// Gives a field, made with the column's name, what else the column says.
void describe(OGRFieldDefn& field, const Column& column, const VectorFormat& format) {
    using Type = outlines::AttributeType;
    switch (column.type) {
    case Type::Integer:
        field.SetType(format.hasWideIntegers ? OFTInteger64 : OFTInteger);
        break;
    case Type::Boolean:
        field.SetType(OFTInteger);
        field.SetSubType(OFSTBoolean);
        break;
    case Type::Real:
        field.SetType(OFTReal);
        break;
    case Type::Date:
        field.SetType(OFTDate);
        break;
    case Type::DateTime:
        field.SetType(OFTDateTime);
        break;
    case Type::Text:
    case Type::Time:
        break;
    }
    if (column.type != Type::Date) {
        field.SetWidth(column.width);
        field.SetPrecision(column.precision);
    }
}

/// The first of `names`, or the first name made from it, that no column has.
std::string freeName(std::initializer_list<const char*> names, const std::vector<Column>& columns) {
    const auto isTaken = [&](const std::string& name) {
        return std::any_of(columns.begin(), columns.end(),
                           [&](const Column& column) { return EQUAL(column.name.c_str(), name.c_str()); });
    };
    for (std::string name : names) {
        if (!isTaken(name)) {
            return name;
        }
    }
    std::string name = *names.begin();
    do {
        name += '_';
    } while (isTaken(name));
    return name;
}

std::vector<std::string> layerOptions(const VectorFormat& format, const std::vector<Column>& columns) {
    const std::string driver = format.driver;
    if (driver == "ESRI Shapefile") {
        return {"ENCODING=UTF-8"};
    }
    if (driver == "GPKG") {
        // GDAL's own columns give way: an attribute of a glacier keeps its name, whatever it is.
        return {"FID=" + freeName({"fid", "ogc_fid"}, columns),
                "GEOMETRY_NAME=" + freeName({"geom", "geometry"}, columns)};
    }
    if (driver == "GeoJSON") {
        return {"RFC7946=YES", "COORDINATE_PRECISION=9"};
    }
    return {};
}

/// Names that SQLite and GeoPackage keep for themselves are no layer's.
std::string layerName(const std::filesystem::path& file) {
    std::string name = file.stem().string();
    // GDAL takes none that begins with one of these.
    constexpr const char* leading = "`~!@#$%^&*()+-={}|[]\\:\";'<>?,./";
    if (name.find_first_of(leading) == 0) {
        name.erase(0, std::min(name.find_first_not_of(leading), name.size()));
        return name.empty() ? "outlines" : "outlines_" + name;
    }
    for (const char* reserved : {"sqlite", "gpkg", "rtree_", "ogr_"}) {
        if (STARTS_WITH_CI(name.c_str(), reserved)) {
            return "outlines_" + name;
        }
    }
    return name;
}

} // namespace

OutlineWriter::OutlineWriter(const std::filesystem::path& file, const VectorFormat& format,
                             const geo::Crs& crs, const std::vector<Column>& columns, geo::ShapeKind kind)
    : m_file(file) {
    auto* driver = GetGDALDriverManager()->GetDriverByName(format.driver);
    if (driver == nullptr) {
        throw Error(std::string("This GDAL has no driver for ") + format.driver +
                    ": install the full libgdal.");
    }
    CPLStringList ofFile;
    if (std::string(format.driver) == "KML") {
        // What a globe writes beside the outline: RGI 7's name, or RGI 6's.
        const bool isOfRgi7 = std::any_of(columns.begin(), columns.end(),
                                          [](const Column& column) { return column.name == "glac_name"; });
        ofFile.SetNameValue("NameField", isOfRgi7 ? "glac_name" : "Name");
    }
    const std::string path = std::string(format.driver) == "GPKG" ? file.string() : m_watched.pathOf(file);
    m_dataset.reset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, ofFile.List()));
    if (!m_dataset) {
        fail();
    }
    OGRSpatialReference reference;
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (reference.SetFromUserInput(crs.wkt().c_str()) != OGRERR_NONE) {
        throw Error("The coordinate system " + crs.name() + " cannot be written to " +
                    file.filename().string() + ".");
    }
    CPLStringList options;
    for (const auto& option : layerOptions(format, columns)) {
        options.AddString(option.c_str());
    }
    const std::string name = std::string(format.driver) == "GPKG" ? layerName(file) : file.stem().string();
    m_layer = m_dataset->CreateLayer(name.c_str(), &reference, typeOf(kind), options.List());
    if (m_layer == nullptr) {
        fail();
    }
    for (const auto& column : columns) {
        // KML's layers have fields of their own from the beginning.
        if (const int known = m_layer->GetLayerDefn()->GetFieldIndex(column.name.c_str()); known >= 0) {
            m_fields.push_back(known);
            continue;
        }
        OGRFieldDefn field(column.name.c_str(), OFTString);
        describe(field, column, format);
        if (m_layer->CreateField(&field) != OGRERR_NONE) {
            fail();
        }
        m_fields.push_back(m_layer->GetLayerDefn()->GetFieldCount() - 1);
    }
    // One transaction where the format has them; per feature they cost a sync each.
    m_transaction = m_dataset->StartTransaction() == OGRERR_NONE;
    m_messages.clear();
}

void OutlineWriter::write(const geo::MultiPolygon& shape, const Row& row) {
    const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(m_layer->GetLayerDefn()));
    for (std::size_t i = 0; i < row.size(); ++i) {
        setValue(*feature, m_fields[i], row[i]);
    }
    feature->SetGeometryDirectly(toOgr(shape).release());
    if (m_layer->CreateFeature(feature.get()) != OGRERR_NONE || m_watched.hasFailed()) {
        fail();
    }
    ++m_written;
}

void OutlineWriter::finish() {
    if (m_transaction && m_dataset->CommitTransaction() != OGRERR_NONE) {
        fail();
    }
    m_dataset.reset();
    if (m_watched.hasFailed() || !m_messages.failure().empty()) {
        fail();
    }
    if (featuresIn(m_file, m_messages) != m_written) {
        fail();
    }
}

void OutlineWriter::fail() {
    throw Error(notWritten(m_file, m_watched.hasFailed() ? m_watched.failure() : m_messages.failure()));
}

} // namespace nunatak::exchange
