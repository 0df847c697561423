// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/glims_transfer.h"
#include "exchange/provenance.h"
#include "exchange/schema_values.h"
#include "exchange/written_shapes.h"
#include "outlines/band_ratio_origin.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

namespace nunatak::exchange {

namespace {

constexpr const char* glavituCitation =
    "Maslov, K. A., Persello, C., Schellenberger, T. & Stein, A. (2025). Globally scalable glacier mapping "
    "by "
    "deep learning matches expert delineation accuracy. Nature Communications 16, 43. "
    "https://doi.org/10.1038/s41467-024-54956-x";
constexpr const char* rgi7Citation =
    "RGI 7.0 Consortium (2023). Randolph Glacier Inventory - A Dataset of Global Glacier Outlines, Version "
    "7.0. Boulder, Colorado USA. NSIDC: National Snow and Ice Data Center. "
    "https://doi.org/10.5067/f6jmovy5navz";
constexpr const char* rgi6Citation =
    "RGI Consortium (2017). Randolph Glacier Inventory - A Dataset of Global Glacier Outlines, Version 6.0. "
    "Boulder, Colorado USA. NSIDC: National Snow and Ice Data Center. https://doi.org/10.7265/4m1f-gd79";
constexpr const char* rgi5Citation =
    "RGI Consortium (2015). Randolph Glacier Inventory - A Dataset of Global Glacier Outlines, Version 5.0: "
    "Technical Report. Global Land Ice Measurements from Space, Colorado, USA. "
    "https://doi.org/10.7265/N5-RGI-50";
constexpr const char* centreLineCitation =
    "Kienholz, C., Rich, J. L., Arendt, A. A. & Hock, R. (2014). A new method for deriving glacier "
    "centerlines applied to glaciers in Alaska and northwest Canada. The Cryosphere 8, 503-519. "
    "https://doi.org/10.5194/tc-8-503-2014";

/// What the outlines of a file say, all together.
struct Summary {
    std::size_t outlines = 0;
    double areaKm2 = 0;
    std::string firstDate;
    std::string lastDate;
    std::size_t undated = 0;
    std::size_t measured = 0; ///< with heights
    std::map<std::string, std::size_t> models;
    std::map<std::string, std::size_t> ratios; ///< what the band ratio mapped
    std::map<std::string, std::size_t> sensors;
    std::map<std::string, std::size_t> images; ///< as a data centre finds them again
    std::size_t unknownImages = 0;             ///< of which only the program's own number is known
    std::set<std::string> people;
    std::map<std::string, std::size_t> reviews;
    std::size_t made = 0; ///< by a program that is not named
    std::size_t drawn = 0;
    std::size_t changed = 0;
    std::size_t imported = 0;
    std::size_t unknown = 0; ///< of which nobody knows how they came to be
    bool isOfRgi5 = false;
    bool isOfRgi6 = false;
    bool isOfRgi7 = false;
    geo::Extent extent; ///< on beyond 180° where it has to
};

/// "LC08_L1TP_193027_20200820 (Landsat 8 OLI, 2020-08-20T10:05:32Z)".
std::string citedAs(const SourceImage& image) {
    std::string about;
    for (const std::string& text :
         {image.product.empty() || image.product == image.name ? std::string() : "scene " + image.name,
          image.instrument, image.date}) {
        about += (about.empty() || text.empty() ? "" : ", ") + text;
    }
    return image.id() + (about.empty() ? std::string() : " (" + about + ")");
}

/// What an outline says of how it came to be.
void add(const outlines::Outline& outline, const ExportOptions& options, Summary& summary) {
    if (const std::string date = knownDate(outline); date.empty()) {
        ++summary.undated;
    } else {
        summary.firstDate = summary.firstDate.empty() ? date : std::min(summary.firstDate, date);
        summary.lastDate = std::max(summary.lastDate, date);
    }
    if (!outline.model.empty()) {
        auto& methods = outlines::isOfBandRatio(outline.modelFingerprint) ? summary.ratios : summary.models;
        ++methods[fmt::format("{} (fingerprint {}), threshold {}", outline.model,
                              outline.modelFingerprint.empty() ? "unknown" : outline.modelFingerprint,
                              outlines::AttributeValue(outline.threshold).text())];
    }
    if (!outline.sensor.empty()) {
        ++summary.sensors[outline.sensor];
    }
    if (const auto* image = options.imageOf(outline)) {
        ++summary.images[citedAs(*image)];
    } else {
        const bool isOfAnotherDay =
            std::any_of(options.images.begin(), options.images.end(),
                        [&](const SourceImage& each) { return each.scene == outline.sceneId; });
        // An imported outline lies on a scene of the project and need not come from it.
        const bool isFromElsewhere =
            options.originOf(outline) == outlines::Origin::Imported && !outline.isChanged;
        summary.unknownImages += outline.sceneId.empty() || isOfAnotherDay || isFromElsewhere ? 0 : 1;
    }
    for (const auto& person : {outline.analyst, outline.reviewRecord.reviewer}) {
        if (!person.empty()) {
            summary.people.insert(person);
        }
    }
    ++summary.reviews[outlines::toString(outline.review)];
    const outlines::Origin origin = options.originOf(outline);
    summary.made += origin == outlines::Origin::Machine && outline.model.empty() ? 1 : 0;
    summary.drawn += origin == outlines::Origin::Drawn ? 1 : 0;
    summary.imported += origin == outlines::Origin::Imported ? 1 : 0;
    summary.changed += outline.isChanged ? 1 : 0;
    summary.unknown += origin == outlines::Origin::Unknown && outline.model.empty() ? 1 : 0;
    const auto* said = attributeNamed(outline, "rgi_id");
    const std::string id = said == nullptr ? std::string() : said->text();
    summary.isOfRgi7 = summary.isOfRgi7 || id.find("-v7.") != std::string::npos;
    summary.isOfRgi6 = summary.isOfRgi6 || id.starts_with("RGI60-");
    summary.isOfRgi5 = summary.isOfRgi5 || id.starts_with("RGI50-");
}

Summary summaryOf(const PreparedExport& prepared, const ExportOptions& options) {
    Summary summary;
    for (std::size_t i = 0; i < prepared.measured.outlines.size(); ++i) {
        const auto& exported = prepared.measured.outlines[i];
        ++summary.outlines;
        summary.areaKm2 += exported.areaKm2;
        summary.measured += exported.surface.measures ? 1 : 0;
        for (const auto* outline : prepared.sourcesOf(i)) {
            add(*outline, options, summary);
        }
    }
    summary.extent = extentInDegrees(prepared.measured.outlines);
    return summary;
}

std::string dates(const Summary& summary) {
    if (summary.firstDate.empty()) {
        return "of unknown date";
    }
    const std::string when = summary.firstDate == summary.lastDate
                                 ? "of " + summary.firstDate
                                 : "of " + summary.firstDate + " to " + summary.lastDate;
    return summary.undated == 0 ? when : when + fmt::format(" ({} without a date)", summary.undated);
}

std::string abstractOf(const Summary& summary, const PreparedExport& prepared) {
    return fmt::format(
        "{} with {:.3f} km² in all, {}, between {:.3f}° and {:.3f}° of longitude and {:.3f}° and "
        "{:.3f}° of latitude, with the attributes of: {}.",
        summary.outlines == 1 ? "One glacier outline" : fmt::format("{} glacier outlines", summary.outlines),
        summary.areaKm2, dates(summary), summary.extent.xmin, normalLongitude(summary.extent.xmax),
        summary.extent.ymin, summary.extent.ymax, prepared.schema->title);
}

std::string counted(const std::map<std::string, std::size_t>& counts) {
    std::string text;
    for (const auto& [what, count] : counts) {
        text += fmt::format("- {}: {}\n", what, outlinesText(count));
    }
    return text;
}

std::string methodOf(const Summary& summary, const ExportOptions& options) {
    std::string text;
    if (!summary.models.empty()) {
        text += "Outlines predicted by a neural network from satellite images:\n\n" +
                counted(summary.models) + "\n";
    }
    if (!summary.ratios.empty()) {
        text += "Outlines mapped by a ratio of bands of satellite images above a threshold:\n\n" +
                counted(summary.ratios) + "\n";
    }
    if (!summary.images.empty()) {
        text += "Images:\n\n" + counted(summary.images) + "\n";
    } else if (!summary.sensors.empty()) {
        text += "Images, by sensor:\n\n" + counted(summary.sensors) + "\n";
    }
    if (summary.unknownImages > 0) {
        text +=
            fmt::format("The image of {} is none of the project's any more; the table of provenance has its "
                        "number (scene_id) alone.\n\n",
                        outlinesText(summary.unknownImages));
    }
    text += fmt::format("Imported from elsewhere: {}. Drawn by hand: {}. Changed by hand: {}.",
                        outlinesText(summary.imported), outlinesText(summary.drawn),
                        outlinesText(summary.changed));
    if (summary.made > 0) {
        text += fmt::format(" Made by a program that is not named: {}.", outlinesText(summary.made));
    }
    if (summary.unknown > 0) {
        text += fmt::format(" Not said how it came to be: {}.", outlinesText(summary.unknown));
    }
    text += "\n\n";
    text += "Review:\n\n" + counted(summary.reviews) + "\n";
    if (!summary.people.empty()) {
        text += fmt::format("Analysts and reviewers: {}.\n\n",
                            listed({summary.people.begin(), summary.people.end()}));
    }
    text +=
        "Areas are those of the cylindrical equal-area projection of WGS 84. The centre is a point on the "
        "surface (GEOS), in degrees.";
    if (summary.measured > 0) {
        text +=
            fmt::format(" Heights, slope, aspect and length of {} are of {}, on a UTM grid of 14 √A + 10 m "
                        "(A: area in km²); the length is that of the main centre line.",
                        outlinesText(summary.measured),
                        options.elevationSource.empty() ? "an elevation model" : options.elevationSource);
    }
    return text + "\n";
}

} // namespace

std::string readmeText(const PreparedExport& prepared, const std::filesystem::path& file,
                       const ExportOptions& options) {
    const Summary summary = summaryOf(prepared, options);
    const DatasetNotes& notes = options.notes;
    const std::string title =
        !notes.title.empty()
            ? notes.title
            : "Glacier outlines" + (options.layer.empty() ? std::string() : ": " + options.layer);
    std::string text = fmt::format("# {}\n\n", title);
    if (!notes.authors.empty()) {
        text += fmt::format("Authors: {}\n\n", notes.authors);
    }
    text += fmt::format("## Abstract\n\n{}\n\n",
                        notes.abstract.empty() ? abstractOf(summary, prepared) : notes.abstract);
    text += "## Files\n\n";
    if (prepared.schema->isOfGlims) {
        constexpr std::array what{"who hands in", "a point in each glacier, with its attributes",
                                  "boundaries of glaciers and of rocks within them", "the images"};
        const auto files = glimsFiles(file);
        for (std::size_t i = 0; i < files.size(); ++i) {
            text += fmt::format("- `{}`: {}, in {}\n", files[i].filename().string(), what.at(i),
                                prepared.crs.name());
        }
    } else {
        text += fmt::format("- `{}`: the outlines, in {}\n", file.filename().string(), prepared.crs.name());
    }
    text += fmt::format(
        "- `{}`: for each outline where it comes from: "
        "date, image, sensor, model with fingerprint, threshold and mean confidence, who drew and "
        "who reviewed it, and what came of that\n\n",
        provenanceFile(file).filename().string());
    text += "| column | outlines with a value | of others is written |\n|---|---|---|\n";
    for (std::size_t i = 0; i < prepared.table.columns.size(); ++i) {
        const std::string missing = prepared.table.fields[i].missing.text();
        text += fmt::format("| `{}` | {} | {} |\n", prepared.table.columns[i].name, prepared.table.filled[i],
                            missing.empty() ? "nothing" : missing);
    }
    text += "\n## Method\n\n" + methodOf(summary, options) + "\n";
    if (!prepared.table.notes.empty()) {
        text += "What differs from what was handed in:\n\n";
        for (const auto& note : prepared.table.notes) {
            text += "- " + note + "\n";
        }
        text += "\n";
    }
    text += fmt::format("## Licence\n\n{}\n\n", notes.licence.empty()
                                                    ? "Not said. GLIMS and the RGI publish under CC BY 4.0."
                                                    : notes.licence);
    text += "## Please cite\n\n";
    if (!summary.models.empty()) {
        text += fmt::format("- {}\n", glavituCitation);
    }
    if (summary.isOfRgi7) {
        text += fmt::format("- {}\n", rgi7Citation);
    }
    if (summary.isOfRgi6) {
        text += fmt::format("- {}\n", rgi6Citation);
    }
    if (summary.isOfRgi5) {
        text += fmt::format("- {}\n", rgi5Citation);
    }
    if (summary.measured > 0) {
        text += fmt::format("- {}\n", centreLineCitation);
    }
    return text + fmt::format("- {}\n", "Nunatak, by which the outlines were made or edited");
}

} // namespace nunatak::exchange
