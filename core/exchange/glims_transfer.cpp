// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/glims_transfer.h"

#include "base/error.h"
#include "exchange/outline_writer.h"
#include "exchange/schema_values.h"
#include "exchange/written_shapes.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace nunatak::exchange {

namespace fs = std::filesystem;

namespace {

using outlines::AttributeType;
using outlines::AttributeValue;
using Exported = const ExportedOutline&;
using Measures = outlines::SurfaceMeasures;

constexpr const char* needsHeights =
    "no elevation model was looked at: name one (--elevation; in the window: Elevation)";

ExportField field(const char* name, AttributeType type, std::function<AttributeValue(Exported)> value,
                  const char* why) {
    ExportField made{name, type, std::move(value), AttributeValue::null(type), 0, 0, why};
    made.isOfSurface = why == needsHeights;
    return made;
}
ExportField known(const char* name, const char* why) {
    return field(
        name, AttributeType::Text,
        [name](Exported exported) { return textOrNull(knownAttribute(exported, name).text()); }, why);
}
ExportField height(const char* name, SurfaceMember member) {
    return field(
        name, AttributeType::Real, [member](Exported exported) { return surfaceValue(exported, member); },
        needsHeights);
}

/// One of the four files before it is written: names and types of its columns, then rows with a shape each.
struct Sheet {
    std::vector<ExportField> fields;
    std::vector<Row> rows;
    std::vector<geo::MultiPolygon> shapes;
    geo::ShapeKind kind = geo::ShapeKind::Area;

    void column(const char* name, AttributeType type) { fields.push_back({name, type, {}}); }
};

Sheet sessionOf(const PreparedExport& prepared, const ExportOptions& options) {
    Sheet sheet;
    sheet.kind = geo::ShapeKind::Point;
    for (const char* name : {"rc_id", "geog_area", "chief_affl", "submit_sur", "submit_giv", "anlst_surn",
                             "data_src", "proc_desc"}) {
        sheet.column(name, AttributeType::Text);
    }
    std::set<std::string> analysts;
    std::set<std::string> sensors;
    std::set<std::string> models;
    for (const auto& exported : prepared.measured.outlines) {
        for (const auto& [text, all] :
             {std::pair(exported.outline->analyst, &analysts), std::pair(exported.outline->sensor, &sensors),
              std::pair(exported.outline->model, &models)}) {
            if (!text.empty()) {
                all->insert(text);
            }
        }
    }
    const auto all = [](const std::set<std::string>& texts) {
        return textOrNull(listed({texts.begin(), texts.end()}));
    };
    const GlimsChoice& glims = options.glims;
    std::string processing = glims.processing;
    if (processing.empty() && !models.empty()) {
        processing =
            "Predicted by " + listed({models.begin(), models.end()}) + ", edited and reviewed in Nunatak";
    }
    const std::string submitter =
        options.notes.authors.substr(0, options.notes.authors.find(';')); // the first
    const auto comma = submitter.find(',');
    const std::string surname = submitter.substr(0, comma);
    const auto given =
        comma == std::string::npos ? std::string::npos : submitter.find_first_not_of(' ', comma + 1);
    sheet.rows.push_back({textOrNull(glims.centre), textOrNull(glims.area), textOrNull(glims.affiliation),
                          textOrNull(surname),
                          textOrNull(given == std::string::npos ? std::string() : submitter.substr(given)),
                          all(analysts), all(sensors), textOrNull(processing)});
    const geo::Point middle = extentInDegrees(prepared.measured.outlines).center();
    sheet.shapes.push_back(geo::pointShape({normalLongitude(middle.x), middle.y}));
    return sheet;
}

Sheet glaciersOf(const PreparedExport& prepared) {
    Sheet sheet{prepared.table.fields, prepared.table.rows, {}, geo::ShapeKind::Point};
    for (const auto& exported : prepared.measured.outlines) {
        sheet.shapes.push_back(geo::pointShape(exported.inside));
    }
    return sheet;
}

/// A glacier without its rocks, and these: what GLIMS has as lines of their own.
struct Segments {
    geo::MultiPolygon boundary;
    std::vector<geo::MultiPolygon> rocks;
};

/// True where ice lies within a rock of the same glacier.
bool hasIslands(const geo::MultiPolygon& shape) {
    const auto isWithinAHole = [&](const geo::Polygon& part) {
        return std::any_of(shape.begin(), shape.end(), [&](const geo::Polygon& other) {
            return &other != &part &&
                   std::any_of(other.holes.begin(), other.holes.end(), [&](const auto& hole) {
                       return geo::contains({{hole, {}}}, part.outer.front());
                   });
        });
    };
    return shape.size() > 1 && std::any_of(shape.begin(), shape.end(), isWithinAHole);
}

Segments segmentsOf(const geo::MultiPolygon& inDegrees) {
    Segments segments;
    for (const auto& part : inDegrees) {
        segments.boundary.push_back({part.outer, {}});
        for (const auto& hole : part.holes) {
            segments.rocks.push_back({{hole, {}}});
        }
    }
    if (hasIslands(inDegrees)) {
        std::vector<geo::MultiPolygon> parts;
        for (const auto& part : segments.boundary) {
            parts.push_back({part});
        }
        segments.boundary = geo::unionOf(parts);
        segments.rocks.clear();
        for (auto& rock : geo::difference(segments.boundary, inDegrees)) {
            segments.rocks.push_back({std::move(rock)});
        }
    }
    return segments;
}

/// Of each glacier its boundary, whole, and each rock within it.
Sheet segmentSheetOf(const PreparedExport& prepared, const ExportOptions& options) {
    Sheet sheet;
    for (const char* name : {"glac_id", "line_type", "src_date", "orig_id", "label"}) {
        sheet.column(name, AttributeType::Text);
    }
    for (const char* name : {"loc_unc_x", "loc_unc_y", "glob_unc_x", "glob_unc_y"}) {
        sheet.column(name, AttributeType::Real);
    }
    const auto local = realOrNull(options.glims.localUncertainty);
    const auto global = realOrNull(options.glims.globalUncertainty);
    for (std::size_t i = 0; i < prepared.measured.outlines.size(); ++i) {
        const auto& exported = prepared.measured.outlines[i];
        const auto* image = options.imageOf(*exported.outline);
        const auto add = [&](const char* kind, geo::MultiPolygon shape) {
            sheet.rows.push_back({AttributeValue(exported.id), AttributeValue(kind),
                                  textOrNull(knownDate(*exported.outline)),
                                  textOrNull(image == nullptr ? std::string() : image->id()),
                                  textOrNull(exported.outline->name), local, local, global, global});
            sheet.shapes.push_back(asWritten(std::move(shape)));
        };
        auto segments = segmentsOf(prepared.measured.inDegrees[i]);
        add("glac_bound", std::move(segments.boundary));
        for (auto& rock : segments.rocks) {
            add("intrnl_rock", std::move(rock));
        }
    }
    return sheet;
}

Sheet imagesOf(const ExportOptions& options) {
    Sheet sheet;
    for (const char* name : {"orig_id", "inst_name", "acq_time"}) {
        sheet.column(name, AttributeType::Text);
    }
    for (const char* name : {"imgctrlon", "imgctrlat", "sun_azim", "sun_elev"}) {
        sheet.column(name, AttributeType::Real);
    }
    for (const auto& image : options.images) {
        const geo::Point middle = geo::extentOf(image.footprint).center();
        sheet.rows.push_back({textOrNull(image.id()), textOrNull(image.instrument), textOrNull(image.date),
                              AttributeValue(normalLongitude(middle.x)), AttributeValue(middle.y),
                              realOrNull(image.sunAzimuth), realOrNull(image.sunElevation)});
        sheet.shapes.push_back(asWritten(image.footprint));
    }
    return sheet;
}

} // namespace

ExportSchema glimsTransfer() {
    std::vector<ExportField> fields{
        field(
            "glac_id", AttributeType::Text, [](Exported exported) { return textOrNull(exported.id); }, ""),
        field(
            "glac_name", AttributeType::Text,
            [](Exported exported) { return textOrNull(exported.outline->name); }, "the glacier has no name"),
        known("wgms_id", "nobody has said it of the glacier"),
        known("local_id", "nobody has said it of the glacier"),
        field(
            "src_date", AttributeType::Text,
            [](Exported exported) { return textOrNull(knownDate(*exported.outline)); },
            "the outline has no date"),
        field(
            "area", AttributeType::Real, [](Exported exported) { return exported.areaKm2; }, ""),
        field(
            "length", AttributeType::Real,
            [](Exported exported) {
                const auto metres = surfaceLength(exported);
                return metres.integer() == nullptr ? AttributeValue::null(AttributeType::Real)
                                                   : AttributeValue(static_cast<double>(*metres.integer()));
            },
            needsHeights),
        height("min_elev", &Measures::lowest),
        height("mean_elev", &Measures::mean),
        height("max_elev", &Measures::highest),
        field(
            "primeclass", AttributeType::Integer,
            [](Exported exported) { return numberOrNull(knownNumber(exported, "primeclass")); },
            "nobody has said it of the glacier"),
    };
    return {.id = "glims",
            .title = "GLIMS transfer",
            .what = "Shapefiles of a session, glaciers, segments and images, as GLIMS takes them in",
            .fields = std::move(fields),
            .isLongitudeLatitude = true,
            .wantsSurface = true,
            .isOfGlims = true};
}

std::string glimsIdAt(geo::Point degrees) {
    constexpr double turn = 360'000;
    const auto east = static_cast<long>(std::fmod(std::round(degrees.x * 1000) + turn, turn));
    const auto north = static_cast<long>(std::round(std::abs(degrees.y) * 1000));
    return fmt::format("G{:06}E{:05}{}", east, north, degrees.y < 0 ? 'S' : 'N');
}

std::vector<fs::path> glimsFiles(const fs::path& file) {
    std::vector<fs::path> files;
    for (const char* part : {"_session", "_glaciers", "_segments", "_images"}) {
        files.push_back(file.parent_path() / (file.stem().string() + part + ".shp"));
    }
    return files;
}

void writeGlims(PreparedExport& prepared, const ExportOptions& options, const fs::path& folder,
                const fs::path& file, const Progress& progress) {
    std::array sheets{sessionOf(prepared, options), glaciersOf(prepared), segmentSheetOf(prepared, options),
                      imagesOf(options)};
    const auto files = glimsFiles(file);
    std::array<std::vector<Column>, std::tuple_size_v<decltype(sheets)>> columns;
    for (std::size_t i = 0; i < sheets.size(); ++i) { // before any of them is written
        std::vector<std::string> notes;
        columns[i] = columnsFor(sheets[i].fields, prepared.format, sheets[i].rows, notes);
        for (const auto& note : notes) {
            if (i != 1) { // those of the glaciers are told already
                prepared.table.notes.push_back(files[i].filename().string() + ": " + note);
            }
        }
        ShapefileSize size;
        for (const auto& shape : sheets[i].shapes) {
            size.add(shape);
        }
        throwIfTooLarge(size.largestPart(columns[i]), prepared.format, files[i]);
    }
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        OutlineWriter writer(folder / files[i].filename(), prepared.format, prepared.crs, columns[i],
                             sheets[i].kind);
        for (std::size_t k = 0; k < sheets[i].rows.size(); ++k) {
            progress.throwIfStopped();
            writer.write(sheets[i].shapes[k], sheets[i].rows[k]);
        }
        writer.finish();
    }
}

void throwUnlessForGlims(const GlimsChoice& choice) {
    const auto isDigit = [](unsigned char letter) { return std::isdigit(letter) != 0; };
    if (!std::all_of(choice.centre.begin(), choice.centre.end(), isDigit)) {
        throw Error("\"" + choice.centre +
                    "\" is no number of a regional centre of GLIMS: say a whole number.");
    }
    for (const auto& metres : {choice.localUncertainty, choice.globalUncertainty}) {
        if (metres && !(std::isfinite(*metres) && *metres >= 0)) {
            throw Error(
                fmt::format("An uncertainty of {} m cannot be: say a number of metres from 0 on.", *metres));
        }
    }
}

} // namespace nunatak::exchange
