// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/glims_transfer.h"

#include "exchange/outline_writer.h"
#include "exchange/schema_values.h"
#include "geo/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace nunatak::exchange {

namespace fs = std::filesystem;

namespace {

using outlines::AttributeType;
using outlines::AttributeValue;
using Exported = const ExportedOutline&;
using Measures = outlines::SurfaceMeasures;

constexpr const char* needsHeights = "no elevation model was looked at: name one (--elevation)";

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
        name, AttributeType::Real,
        [member, name](Exported exported) { return surfaceValue(exported, member, name); }, needsHeights);
}

/// One of the four tables while it is filled: names and types, then rows with a shape each.
struct Sheet {
    std::vector<ExportField> fields;
    std::vector<Row> rows;
    std::vector<geo::MultiPolygon> shapes;

    void column(const char* name, AttributeType type) { fields.push_back({name, type, {}}); }
};

void writeSheet(Sheet& sheet, const fs::path& file, const PreparedExport& prepared, geo::ShapeKind kind,
                std::vector<std::string>& notes, const Progress& progress) {
    const auto columns = columnsFor(sheet.fields, prepared.format, sheet.rows, notes);
    OutlineWriter writer(file, prepared.format, prepared.crs, columns, kind);
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        progress.throwIfStopped();
        writer.write(sheet.shapes[i], sheet.rows[i]);
    }
    writer.finish();
}

Sheet sessionOf(const PreparedExport& prepared, const ExportOptions& options) {
    Sheet sheet;
    for (const char* name : {"rc_id", "geog_area", "chief_affl", "submit_sur", "submit_giv", "anlst_surn",
                             "data_src", "proc_desc"}) {
        sheet.column(name, AttributeType::Text);
    }
    std::set<std::string> analysts;
    std::set<std::string> sensors;
    std::set<std::string> models;
    geo::Extent extent;
    for (const auto& exported : prepared.measured.outlines) {
        extent.include(exported.inside);
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
    const auto comma = options.notes.authors.find(',');
    const std::string surname = options.notes.authors.substr(0, comma);
    const auto given = comma == std::string::npos ? std::string::npos
                                                  : options.notes.authors.find_first_not_of(' ', comma + 1);
    sheet.rows.push_back(
        {textOrNull(glims.centre), textOrNull(glims.area), textOrNull(glims.affiliation), textOrNull(surname),
         textOrNull(given == std::string::npos ? std::string() : options.notes.authors.substr(given)),
         all(analysts), all(sensors), textOrNull(processing)});
    sheet.shapes.push_back(geo::pointShape(extent.center()));
    return sheet;
}

Sheet glaciersOf(const PreparedExport& prepared) {
    Sheet sheet{prepared.table.fields, prepared.table.rows, {}};
    for (const auto& exported : prepared.measured.outlines) {
        sheet.shapes.push_back(geo::pointShape(exported.inside));
    }
    return sheet;
}

/// The provider's name of the image that an outline was drawn on; empty: unknown.
std::string imageOf(const outlines::Outline& outline, const ExportOptions& options) {
    const auto& images = options.glims.images;
    const auto found = std::find_if(images.begin(), images.end(),
                                    [&](const auto& image) { return image.scene == outline.sceneId; });
    return found == images.end() ? std::string() : found->id;
}

/// Of each glacier its boundary, whole, and each rock within it.
Sheet segmentsOf(const PreparedExport& prepared, const ExportOptions& options) {
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
        const auto add = [&](const char* kind, geo::MultiPolygon shape) {
            sheet.rows.push_back({AttributeValue(exported.id), AttributeValue(kind),
                                  textOrNull(knownDate(*exported.outline)),
                                  textOrNull(imageOf(*exported.outline, options)),
                                  textOrNull(exported.outline->name), local, local, global, global});
            sheet.shapes.push_back(std::move(shape));
        };
        geo::MultiPolygon boundary;
        for (const auto& part : prepared.measured.inDegrees[i]) {
            boundary.push_back({part.outer, {}});
        }
        add("glac_bound", std::move(boundary));
        for (const auto& part : prepared.measured.inDegrees[i]) {
            for (const auto& hole : part.holes) {
                add("intrnl_rock", {{hole, {}}});
            }
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
    for (const auto& image : options.glims.images) {
        const auto& box = image.extent;
        sheet.rows.push_back({AttributeValue(image.id), textOrNull(image.instrument), textOrNull(image.date),
                              AttributeValue(box.center().x), AttributeValue(box.center().y),
                              realOrNull(image.sunAzimuth), realOrNull(image.sunElevation)});
        sheet.shapes.push_back(
            {{{{box.xmin, box.ymin}, {box.xmax, box.ymin}, {box.xmax, box.ymax}, {box.xmin, box.ymax}}, {}}});
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
                const auto& measures = exported.surface.measures;
                return measures && measures->length ? AttributeValue(static_cast<double>(*measures->length))
                                                    : AttributeValue::null(AttributeType::Real);
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
    std::array sheets{sessionOf(prepared, options), glaciersOf(prepared), segmentsOf(prepared, options),
                      imagesOf(options)};
    constexpr std::array kinds{geo::ShapeKind::Point, geo::ShapeKind::Point, geo::ShapeKind::Area,
                               geo::ShapeKind::Area};
    const auto files = glimsFiles(file);
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        std::vector<std::string> notes;
        writeSheet(sheets[i], folder / files[i].filename(), prepared, kinds[i], notes, progress);
        for (auto& note : notes) {
            if (i != 1) { // those of the glaciers are told already
                prepared.table.notes.push_back(files[i].filename().string() + ": " + note);
            }
        }
    }
    if (options.glims.images.empty()) {
        prepared.table.notes.push_back(
            "No image is named: no scene of the project is that of these outlines.");
    }
}

} // namespace nunatak::exchange
