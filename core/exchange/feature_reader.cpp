// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/feature_reader.h"

#include "exchange/ogr_values.h"
#include "exchange/polygon_features.h"

#include "base/error.h"
#include "geo/antimeridian.h"
#include "geo/paths.h"
#include "geo/ring_nesting.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <cpl_conv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <limits>
#include <regex>
#include <string_view>
#include <utility>

namespace nunatak::exchange {

namespace {

/// "2015-09-09T18:42:13" and the like; midnight is how a day is written.
bool hasTimeOfDay(const std::string& date) {
    static const std::regex form(".*\\d[T ](\\d{1,2}:\\d{2}(:\\d{2})?).*");
    std::smatch found;
    return std::regex_match(date, found, form) &&
           found[1].str().find_first_of("123456789") != std::string::npos;
}

/// True when the file stores north before east, which our points never do. Most drivers of OGR swap by
/// themselves.
bool storesNorthFirst(const OGRSpatialReference& reference) {
    const auto& mapping = reference.GetDataAxisToSRSAxisMapping();
    const bool asDefined = mapping.size() >= 2 && mapping[0] == 1 && mapping[1] == 2;
    return asDefined &&
           (reference.EPSGTreatsAsLatLong() != 0 || reference.EPSGTreatsAsNorthingEasting() != 0);
}

geo::Crs crsOf(const OpenLayer& open, const ImportOptions& options, const std::string& file) {
    if (!options.crs.empty()) {
        return options.crs;
    }
    if (open.about.crs.empty()) {
        throw Error(
            (open.about.file.empty() ? file : file + ", " + open.about.file + ",") +
            " has no coordinate system (of a Shapefile it is the .prj file). Say which it is with "
            "--source-crs, for instance --source-crs EPSG:4326 for longitude and latitude (in the window: "
            "Coordinate system).");
    }
    const auto* reference = open.layer->GetSpatialRef();
    char* text = nullptr;
    const char* const wanted[] = {"FORMAT=WKT2_2019", nullptr};
    const bool exported = reference->exportToWkt(&text, wanted) == OGRERR_NONE && text != nullptr;
    const std::string wkt = exported ? text : "";
    CPLFree(text);
    return geo::Crs::fromUserInput(wkt);
}

/// Words by which tables say that there is nothing.
bool saysNothing(std::string text) {
    if (text.empty()) {
        return true;
    }
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array<std::string_view, 6> words{"none", "null", "<null>", "nan", "n/a", "-"};
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// One line of plain letters, for sentences.
std::string shown(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
            c = ' ';
        }
    }
    return text;
}

void keep(outlines::Outline& outline, const std::string& name, outlines::AttributeValue value) {
    std::string key = name;
    for (int number = 1; outline.attributes.contains(key) && outline.attributes.at(key) != value; ++number) {
        key = name + "_" + std::to_string(number);
    }
    outline.attributes[key] = std::move(value);
}

bool areDegrees(const geo::Extent& extent) {
    constexpr double slack = 1e-6;
    return extent.ymin >= -90 - slack && extent.ymax <= 90 + slack && extent.xmin >= -360 - slack &&
           extent.xmax <= 360 + slack;
}

/// Coordinates of the Earth in any projected system of metres or feet.
bool areOnEarth(const geo::Extent& extent) {
    constexpr double farthest = 1e8;
    return std::abs(extent.xmin) < farthest && std::abs(extent.xmax) < farthest &&
           std::abs(extent.ymin) < farthest && std::abs(extent.ymax) < farthest;
}

bool areNumbers(const geo::MultiPolygon& shape) {
    return geo::allRings(shape, [](const geo::Ring& ring) { return geo::isFinite(ring); });
}

} // namespace

void FeatureReport::leaveOut(const std::string& feature, const std::string& reason) {
    m_leftOut[reason].push_back(feature);
}

std::string FeatureReport::firstReason() const {
    std::string text;
    for (const auto& [reason, features] : m_leftOut) {
        text += " Left out: " + countedByName(features, "feature") + " " + reason + ".";
    }
    return text;
}

void FeatureReport::addTo(ReadOutlines& result) const {
    result.notes.insert(result.notes.end(), m_notes.begin(), m_notes.end());
    for (const auto& [reason, features] : m_leftOut) {
        result.notes.push_back("Left out: " + countedByName(features, "feature") + " " + reason + ".");
        result.skipped += static_cast<int>(features.size());
    }
    if (!m_repaired.empty()) {
        result.repaired += static_cast<int>(m_repaired.size());
        result.notes.push_back(
            "Repaired: " + countedByName(m_repaired, "outline") +
            " whose rings cross themselves or each other, or are in the wrong order; what lies "
            "within another ring is a hole, and within that an island.");
    }
}

FeatureReader::FeatureReader(const OpenLayer& open, std::size_t layer, bool namesLayer,
                             const geo::Crs& target, const ImportOptions& options, const std::string& file,
                             std::vector<Piece>& pieces, FeatureReport& report)
    : m_open(open), m_layer(layer), m_namesLayer(namesLayer), m_file(file), m_pieces(pieces),
      m_report(report), m_crs(crsOf(open, options, file)), m_toTarget(m_crs, target),
      m_targetIsGeographic(target.isGeographic()), m_side(options.side) {
    const std::string driver = open.dataset->GetDriverName();
    m_unsetIsNull = driver == "FlatGeobuf" || driver == "LIBKML" || driver == "KML";
    m_swapped = options.crs.empty() && storesNorthFirst(*open.layer->GetSpatialRef());
    if (!options.crs.empty() && !open.about.crs.empty() && open.about.crs != options.crs.name()) {
        m_report.note("Coordinates are taken as " + options.crs.name() + ", as told; the file says " +
                      open.about.crs + ".");
    }
    if (open.encoding.isGuess()) {
        m_report.note(
            "Texts of " + open.about.name + " are read as " + open.about.encoding +
            ", which the file does not say. If letters are wrong, --encoding NAME (in the window: Letters) "
            "reads them otherwise.");
    }
}

void FeatureReader::readDate(const std::string& text, const SourceColumn& column, Piece& piece) {
    const DateReading read = nunatak::readDate(text, column.order);
    piece.outline.srcDate = read.date;
    m_dateColumn = column.name;
    auto* odd = read.kind == DateReading::Kind::Ambiguous ? &m_ambiguousDates
                : read.kind == DateReading::Kind::NoDate  ? &m_noDates
                                                          : nullptr;
    if (liesAhead(read.date)) {
        m_datesAhead.example = m_datesAhead.count++ == 0 ? read.date : m_datesAhead.example;
    }
    if (odd == nullptr && hasTimeOfDay(text)) {
        m_timesOfDay.example = m_timesOfDay.count++ == 0 ? shown(text) : m_timesOfDay.example;
    }
    if (odd != nullptr) {
        keep(piece.outline, column.name, text); // what could not be understood stays as it was written
        odd->example = odd->count++ == 0 ? shown(text) : odd->example;
    }
}

void FeatureReader::noteLosses(const OGRFeature& feature, std::size_t column,
                               const outlines::AttributeValue& value) {
    const auto* whole = value.integer();
    const int field = m_open.fields[column];
    using Limits = std::numeric_limits<std::int64_t>;
    if (whole != nullptr && (*whole == Limits::max() || *whole == Limits::min())) {
        m_cutNumbers.insert(m_open.about.columns[column].name);
    } else if (feature.GetFieldDefnRef(field)->GetType() == OFTBinary &&
               feature.IsFieldSetAndNotNull(field) != 0) {
        m_binaries.insert(m_open.about.columns[column].name);
    }
}

std::map<FieldRole, std::size_t> FeatureReader::columnsByRole(const OGRFeature& feature) const {
    const auto& columns = m_open.about.columns;
    std::map<FieldRole, std::size_t> byRole;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int field = m_open.fields[i];
        const auto& column = columns[i];
        if (column.role == FieldRole::Other || feature.IsFieldSetAndNotNull(field) == 0 ||
            saysNothing(feature.GetFieldAsString(field))) {
            continue;
        }
        const auto [known, isNew] = byRole.emplace(column.role, i);
        if (!isNew && column.rank < columns[known->second].rank) {
            known->second = i;
        }
    }
    return byRole;
}

void FeatureReader::readFields(const OGRFeature& feature, Piece& piece) {
    const auto& columns = m_open.about.columns;
    const auto byRole = columnsByRole(feature);
    std::string rgiId;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int field = m_open.fields[i];
        const auto& column = columns[i];
        if (feature.IsFieldSet(field) == 0 && !m_unsetIsNull) {
            continue;
        }
        auto value = valueOf(feature, field);
        noteLosses(feature, i, value);
        if (value.type() == outlines::AttributeType::Text && value.string() != nullptr) {
            value = m_open.encoding.decoded(*value.string());
        }
        const std::string text = value.text();
        const auto taken = byRole.find(column.role);
        if (column.role == FieldRole::Other || taken == byRole.end() || taken->second != i) {
            // A column of a role is our own where it is empty.
            if (column.role == FieldRole::Other || !(text.empty() || saysNothing(text))) {
                keep(piece.outline, column.name, value);
            }
            continue;
        }
        switch (column.role) {
        case FieldRole::Date:
            readDate(text, column, piece);
            break;
        case FieldRole::GlimsId:
            piece.glacier = text;
            // GLIMS' own name for it stays; RGI 7's is taken for all others.
            keep(piece.outline, column.name == "glac_id" ? column.name : "glims_id", value);
            break;
        case FieldRole::RgiId:
            rgiId = text;
            setField(piece.outline, column.role, column.name, value);
            break;
        case FieldRole::LineType:
            piece.lineType = text;
            keep(piece.outline, column.name, value);
            break;
        case FieldRole::Analysis:
            piece.analysis = text;
            keep(piece.outline, column.name, value);
            break;
        default:
            setField(piece.outline, column.role, column.name, value);
            break;
        }
    }
    if (piece.glacier.empty()) {
        piece.glacier = rgiId;
    }
}

bool FeatureReader::readPath(const FeatureShape& shape, const std::string& label, Piece& piece) {
    const bool isLine = m_side->shape == geo::ShapeKind::Polyline;
    geo::Polygon paths;
    if (isLine) {
        paths.holes = shape.lines;
    } else {
        for (const geo::Point& point : shape.points) {
            paths.holes.push_back({point});
        }
    }
    for (geo::Ring& path : paths.holes) {
        path.erase(std::unique(path.begin(), path.end()), path.end());
    }
    std::erase_if(paths.holes, [&](const geo::Ring& path) { return path.size() < (isLine ? 2U : 1U); });
    if (paths.holes.empty()) {
        m_report.leaveOut(label, isLine ? "without a line" : "without a point");
        return false;
    }
    const bool hasOthers = !shape.polygons.empty() || !(isLine ? shape.points.empty() : shape.lines.empty());
    if (hasOthers) {
        m_report.note("Feature " + label + " has other parts besides, which were left out.");
    }
    m_hadHeights = m_hadHeights || shape.hadHeights;
    m_hadCurves = m_hadCurves || shape.hadCurves;
    const geo::MultiPolygon inFile{paths};
    if (m_crs.isGeographic() && !areDegrees(geo::extentOf(inFile))) {
        ++m_noDegrees;
        m_report.leaveOut(label, "with coordinates that can be no longitudes and latitudes");
        return false;
    }
    try {
        piece.outline.geometry = m_toTarget(inFile);
    } catch (const Error&) {
        piece.outline.geometry.clear();
    }
    if (!geo::isSoundPath(piece.outline.geometry) || !areOnEarth(geo::extentOf(piece.outline.geometry))) {
        m_report.leaveOut(label,
                          "with coordinates that lie outside of what the project's system can express");
        return false;
    }
    return true;
}

bool FeatureReader::readShape(const OGRFeature& feature, const std::string& label, const std::string& failure,
                              Piece& piece) {
    const auto* geometry = feature.GetGeometryRef();
    if (geometry == nullptr || geometry->IsEmpty() != 0) {
        m_report.leaveOut(label,
                          failure.empty() ? "without a shape" : "that cannot be read (" + failure + ")");
        return false;
    }
    FeatureShape shape = shapeOf(*geometry, m_swapped);
    if (m_side != nullptr && m_side->shape != geo::ShapeKind::Area) {
        return readPath(shape, label, piece);
    }
    if (shape.polygons.empty()) {
        m_report.leaveOut(label, shape.otherParts.empty()
                                     ? "without an area"
                                     : "that are no polygons (" + shape.otherParts + ")");
        return false;
    }
    if (!shape.otherParts.empty()) {
        m_report.note("Feature " + label + " has " + shape.otherParts +
                      " besides its polygons, which was left out.");
    }
    m_hadHeights = m_hadHeights || shape.hadHeights;
    m_hadCurves = m_hadCurves || shape.hadCurves;
    auto& polygons = shape.polygons;
    if (!areNumbers(polygons)) {
        m_report.leaveOut(label, "with coordinates that are no numbers");
        return false;
    }
    const bool isCutThere = m_crs.isGeographic() && geo::touchesAntimeridian(polygons);
    if (m_crs.isGeographic()) {
        if (!areDegrees(geo::extentOf(polygons))) {
            ++m_noDegrees;
            m_report.leaveOut(label, "with coordinates that can be no longitudes and latitudes");
            return false;
        }
        polygons = geo::joinedAtAntimeridian(polygons);
    }
    if (isCutThere) {
        piece.isCut = true;
        piece.degrees = polygons;
        piece.degreesCrs = m_crs;
    }
    try {
        piece.outline.geometry = m_toTarget.isIdentity() ? std::move(polygons) : m_toTarget(polygons);
    } catch (const Error&) {
        piece.outline.geometry.clear();
    }
    if (piece.outline.geometry.empty() || !areOnEarth(geo::extentOf(piece.outline.geometry))) {
        m_report.leaveOut(label,
                          "with coordinates that lie outside of what the project's system can express");
        return false;
    }
    if (!geo::invalidReason(piece.outline.geometry).empty()) {
        constexpr double sameArea = 1e-3;
        const double before = geo::planarArea(piece.outline.geometry);
        piece.outline.geometry = geo::madeValid(piece.outline.geometry);
        const double after = geo::planarArea(piece.outline.geometry);
        // A ring that touches itself in a point is the same glacier, and what the file says of it holds.
        piece.isAsWritten = std::abs(after - before) <= sameArea * after;
        if (!piece.outline.geometry.empty()) {
            m_report.repair(label);
        }
    }
    if (piece.outline.geometry.empty() || !(geo::planarArea(piece.outline.geometry) > 0)) {
        m_report.leaveOut(label, "without an area");
        return false;
    }
    return true;
}

void FeatureReader::read(const OGRFeature& feature, const std::string& failure) {
    ++m_read;
    Piece piece;
    piece.layer = m_layer;
    readFields(feature, piece);
    std::string label = (m_namesLayer ? m_open.about.name + ":" : "") + std::to_string(feature.GetFID());
    if (!piece.outline.name.empty()) {
        label += " " + shown(piece.outline.name);
    }
    piece.feature = label;
    bool isRead = false;
    try {
        isRead = readShape(feature, label, failure, piece);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        m_report.leaveOut(label, "that cannot be made valid (" + std::string(error.what()) + ")");
    }
    if (!isRead) {
        return;
    }
    // Each point is one of its own.
    const bool isPoints = geo::kindOf(piece.outline.geometry) == geo::ShapeKind::Point;
    for (const geo::Ring& point :
         isPoints ? geo::linesOf(piece.outline.geometry) : std::vector<geo::Ring>()) {
        Piece& one = m_pieces.emplace_back(piece);
        one.outline.geometry = geo::lineShape(point);
        piece.outline.uuid.clear(); // of the first
    }
    if (!isPoints) {
        m_pieces.push_back(std::move(piece));
    }
}

void FeatureReader::finish() {
    if (m_noDegrees > 0 && m_noDegrees == m_read) {
        throw Error(
            m_file + " says that its coordinates are longitudes and latitudes (" + m_crs.name() +
            "), which they cannot be. Say which they are with --source-crs, for instance --source-crs "
            "EPSG:32632 (in the window: Coordinate system).");
    }
    const auto several = [](long count) { return std::to_string(count) + (count == 1 ? " date" : " dates"); };
    if (m_ambiguousDates.count > 0) {
        m_report.note(
            several(m_ambiguousDates.count) + " in " + m_dateColumn + " may be read in two ways (\"" +
            m_ambiguousDates.example +
            "\"): the year was taken, and the text kept as an attribute. --map date=" + m_dateColumn +
            ":day-first or :month-first (in the window: the table of columns) says which comes first.");
    }
    if (m_noDates.count > 0) {
        m_report.note(several(m_noDates.count) + " in " + m_dateColumn + " could not be understood (\"" +
                      m_noDates.example + "\"): what is plain was taken, and the text kept as an attribute.");
    }
    if (m_timesOfDay.count > 0) {
        m_report.note(several(m_timesOfDay.count) + " in " + m_dateColumn + " " +
                      (m_timesOfDay.count == 1 ? "has" : "have") + " a time of day (\"" +
                      m_timesOfDay.example + "\"), which is left out: outlines are of a day.");
    }
    if (m_datesAhead.count > 0) {
        m_report.note(several(m_datesAhead.count) + " in " + m_dateColumn + " " +
                      (m_datesAhead.count == 1 ? "lies" : "lie") + " ahead (\"" + m_datesAhead.example +
                      "\"); no picture is of then.");
    }
    const auto listed = [](const std::set<std::string>& columns) {
        std::string text;
        for (const auto& column : columns) {
            text += (text.empty() ? "" : ", ") + column;
        }
        return text;
    };
    if (!m_cutNumbers.empty()) {
        m_report.note("Numbers that take more than 64 bits came in as the nearest that does not (" +
                      listed(m_cutNumbers) + "): write them as texts into the file to keep them whole.");
    }
    if (!m_binaries.empty()) {
        m_report.note("Binary data came in as hexadecimal text: " + listed(m_binaries) + ".");
    }
    if (m_hadHeights) {
        m_report.note("Heights of vertices were not kept: outlines have none.");
    }
    if (m_hadCurves) {
        m_report.note("Curves became short straight pieces.");
    }
}

} // namespace nunatak::exchange
