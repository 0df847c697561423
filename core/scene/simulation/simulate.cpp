// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulate.h"

#include "base/dates.h"
#include "base/error.h"
#include "base/of_file.h"
#include "exchange/outline_files.h"
#include "geo/true_north.h"
#include "scene/band_names.h"
#include "scene/simulation/picture.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <set>
#include <system_error>

namespace nunatak::scene {

using namespace simulation;

namespace {

constexpr double inventedLatitude = 46.9; // of the place on the map where invented mountains are put
constexpr double retreatPerYear = 25;     // metres: by how many years a later date is later
constexpr const char* sceneName = "scene.json";
constexpr const char* outlinesName = "outlines.gpkg";
constexpr int fewest = 32;
constexpr int most = 16384;

/// Throws Error when the text is no day.
std::chrono::year_month_day dayOf(const std::string& text) {
    const std::string date = isoDateFrom(text);
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(date.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) {
        throw Error("\"" + text + "\" is no day; write it as 2020-08-20.");
    }
    return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

std::string isoOf(const std::chrono::year_month_day& day) {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

int dayOfYear(const std::chrono::year_month_day& day) {
    const std::chrono::sys_days first = day.year() / std::chrono::January / 1;
    return static_cast<int>((std::chrono::sys_days(day) - first).count()) + 1;
}

void checkShare(const char* what, double share) {
    if (!(share >= 0 && share <= 1)) {
        throw Error(std::string("The ") + what + " is a share from 0 to 1, not " + std::to_string(share) +
                    ".");
    }
}

void checkFeatures(const std::vector<std::string>& features) {
    std::set<std::string> seen;
    for (const auto& feature : features) {
        knownBands(feature); // throws for an unknown one
        if (!seen.insert(feature).second) {
            throw Error("The feature " + feature + " is asked for twice; name it once.");
        }
    }
    if (features.empty()) {
        throw Error("No feature is asked for; name at least one, such as optical.");
    }
}

void check(const SimulationOptions& options) {
    for (const auto& size : {options.columns, options.rows}) {
        if (size && (*size < fewest || *size > most)) {
            throw Error("A scene cannot be simulated with " + std::to_string(options.columns.value_or(0)) +
                        " × " + std::to_string(options.rows.value_or(0)) + " pixels: each side must have " +
                        std::to_string(fewest) + " to " + std::to_string(most) + ".");
        }
    }
    if (!(options.pixelSize >= 5 && options.pixelSize <= 240)) {
        throw Error("A scene cannot be simulated with pixels of " + std::to_string(options.pixelSize) +
                    " m: choose 5 to 240 m.");
    }
    dayOf(options.date);
    checkFeatures(options.features);
    checkShare("cloud cover", options.cloud);
    if (options.snowLine) {
        checkShare("snow line", *options.snowLine);
    }
    for (const double retreat : options.retreats) {
        if (!(retreat > 0 && retreat <= 20000)) {
            throw Error("Tongues cannot retreat by " + std::to_string(retreat) + " m: choose 1 to 20000 m.");
        }
    }
    if (!options.outlines.empty() && options.elevation.empty()) {
        throw Error("Outlines need the elevation model of their place; give it with --dem.");
    }
}

void makeFolder(const std::filesystem::path& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem || !std::filesystem::is_directory(folder)) {
        throw Error("The folder " + folder.string() + " cannot be made: " +
                    (problem ? problem.message() : std::string("a file of that name exists")) + ".");
    }
}

geo::Grid gridOf(const SimulationOptions& options) {
    if (!options.elevation.empty()) {
        const auto grid = ofFile(options.elevation, [&] {
            return gridOn(options.elevation, options.pixelSize, options.columns, options.rows);
        });
        if (std::min(grid.columns, grid.rows) < fewest) {
            throw Error("The elevation model " + options.elevation.string() + " covers less than " +
                        std::to_string(fewest) + " pixels of this size; choose smaller pixels.");
        }
        return grid;
    }
    return {geo::Crs::fromUserInput("EPSG:32632"),
            600000,
            5200020,
            options.pixelSize,
            options.columns.value_or(1024),
            options.rows.value_or(1024)};
}

std::shared_ptr<const GivenData> givenData(const SimulationOptions& options, const geo::Grid& grid) {
    if (options.elevation.empty()) {
        return nullptr;
    }
    auto given = std::make_shared<GivenData>();
    given->elevation = options.elevation;
    given->postingMetres = ofFile(options.elevation, [&] { return postingOf(options.elevation, grid); });
    if (!options.outlines.empty()) {
        const auto extent = grid.extent();
        auto read = exchange::readOutlines(options.outlines, grid.crs);
        given->notes = std::move(read.notes);
        for (auto& outline : read.outlines) {
            if (geo::extentOf(outline.geometry).intersects(extent)) {
                given->outlines.push_back(std::move(outline));
            }
        }
        if (given->outlines.empty()) {
            throw Error("No outline of " + options.outlines.string() + " lies within the scene on " +
                        options.elevation.string() + "; give outlines of the same place.");
        }
    }
    return given;
}

/// The sun as it stands over the grid of a real place, where up is not quite north.
Sun overGrid(Sun sun, const geo::Grid& grid) {
    constexpr double degree = std::numbers::pi / 180;
    const double turn = geo::TrueNorth(grid.crs).bearing(grid.extent().center()) * degree;
    const double east = sun.east * std::cos(turn) + sun.north * std::sin(turn);
    sun.north = sun.north * std::cos(turn) - sun.east * std::sin(turn);
    sun.east = east;
    return sun;
}

Acquisition acquisitionOn(const std::chrono::year_month_day& day, const SimulationOptions& options,
                          const Place& place, std::uint64_t weather) {
    const double latitude = place.given ? latitudeOf(place.grid) : inventedLatitude;
    Acquisition acquisition;
    acquisition.season = {weather, dayOfYear(day), latitude < 0, {}};
    if (options.snowLine) {
        acquisition.season.snowLine = mix(place.lowest, place.highestGround, *options.snowLine);
    }
    acquisition.sun = sunOn(dayOfYear(day), latitude, weather);
    if (place.given) {
        acquisition.sun = overGrid(acquisition.sun, place.grid);
    }
    acquisition.cloud = options.cloud;
    return acquisition;
}

Scene describe(const SimulationOptions& options, const Place& place, const std::filesystem::path& folder,
               const std::chrono::year_month_day& day, const Sun& sun, std::uint64_t number) {
    Scene scene;
    scene.id = uuidOf(options.seed, number);
    scene.name = place.given ? "Simulated picture of " + options.elevation.stem().string()
                             : "Simulated mountains, seed " + std::to_string(options.seed);
    scene.date = isoOf(day);
    scene.sensor = "simulated";
    scene.grid = place.grid;
    for (const auto& feature : options.features) {
        SceneRaster raster;
        raster.feature = feature;
        // A scene names its rasters absolutely; scene.json names them relative to itself.
        raster.file = (std::filesystem::absolute(folder) / fileOf(feature)).string();
        for (const auto band : knownBands(feature)) {
            // Slope is computed from the elevation when it is read; what lies under snow is told by the
            // picture.
            if (band != "slope" && !(feature == "quality" && band == "snow")) {
                raster.bandNames.emplace_back(band);
            }
        }
        for (std::size_t i = 1; i <= raster.bandNames.size(); ++i) {
            raster.bands.push_back(static_cast<int>(i));
            if (feature == "quality") {
                raster.flags.push_back({-1, {1}});
            }
        }
        scene.rasters.push_back(std::move(raster));
    }
    scene.sunElevation = sun.elevation();
    // Here the sun stands over the grid; a scene counts from true north.
    double azimuth = sun.azimuth() - geo::TrueNorth(place.grid.crs).bearing(place.grid.extent().center());
    azimuth += azimuth < 0 ? 360 : azimuth >= 360 ? -360 : 0;
    scene.sunAzimuth = azimuth;
    char text[100];
    std::snprintf(text, sizeof text, "Sun azimuth %.1f°, elevation %.1f°.", sun.azimuth(), sun.elevation());
    scene.notes = {place.given ? "Invented by the simulator with seed " + std::to_string(options.seed) +
                                     " on the elevation model " + options.elevation.filename().string() +
                                     "; no satellite took it. Top-of-atmosphere reflectance."
                               : "Invented by the simulator with seed " + std::to_string(options.seed) +
                                     "; no such place exists. Top-of-atmosphere reflectance.",
                   text};
    return scene;
}

Claim claimOf(const SimulationOptions& options) {
    Claim claim{"simulation", options.overwrite};
    for (const auto& file : {options.elevation, options.outlines}) {
        if (!file.empty()) {
            claim.read.push_back(file);
        }
    }
    return claim;
}

std::filesystem::path laterFolder(const std::filesystem::path& folder, double retreat) {
    char name[64];
    std::snprintf(name, sizeof name, "retreat-%.0f", retreat);
    return folder / name;
}

/// Looked at before anything is made, so that a folder is filled whole or not at all.
void throwUnlessFree(const SimulationOptions& options, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> folders{folder};
    for (const double retreat : options.retreats) {
        folders.push_back(laterFolder(folder, retreat));
    }
    const auto claim = claimOf(options);
    for (const auto& each : folders) {
        for (const auto& feature : options.features) {
            nunatak::throwUnlessFree(each / fileOf(feature), claim);
        }
        nunatak::throwUnlessFree(each / outlinesName, claim);
        nunatak::throwUnlessFree(each / sceneName, claim);
    }
}

/// Everything of one date; scene.json last, so that whoever finds a scene finds all of it.
void writeDate(const SimulationOptions& options, const Place& place, const Glaciers& glaciers,
               const std::filesystem::path& folder, const std::chrono::year_month_day& day,
               std::uint64_t number, const Progress& progress) {
    makeFolder(folder);
    const std::uint64_t weather = number == 0 ? options.seed : mixed(options.seed ^ mixed(number));
    const auto acquisition = acquisitionOn(day, options, place, weather);
    // Numbers of glaciers follow those of scenes in the series of identities: scenes take from the far end.
    const Scene scene =
        describe(options, place, folder, day, acquisition.sun, number == 0 ? 0 : ~std::uint64_t{0} - number);
    const auto claim = claimOf(options);
    writePicture(place, glaciers, acquisition, scene, claim, progress.part(0, 0.92));
    exchange::writeOutlines(outlinesOf(place, glaciers, scene), place.grid.crs, folder / outlinesName,
                            progress.part(0.93, 0.99), claim);
    saveScene(scene, folder / sceneName, claim);
    progress.report(1, "Writing files");
}

} // namespace

Simulation simulate(const SimulationOptions& options, const std::filesystem::path& folder,
                    const Progress& progress) {
    check(options);
    const auto day = dayOf(options.date);
    throwUnlessFree(options, folder);
    makeFolder(folder);
    const auto grid = gridOf(options);
    const Place place = makePlace(options.seed, grid, givenData(options, grid), progress.part(0, 0.45));
    const Glaciers glaciers = findGlaciers(place, progress.part(0.45, 0.55));
    const double share = 0.45 / (1 + static_cast<double>(options.retreats.size()));
    writeDate(options, place, glaciers, folder, day, 0, progress.part(0.55, 0.55 + share));
    Simulation result{folder / sceneName, folder / outlinesName, glaciers.count, {}, {}};
    if (place.given) {
        result.notes = place.given->notes;
    }
    for (std::size_t i = 0; i < options.retreats.size(); ++i) {
        const double metres = options.retreats[i];
        const auto part = progress.part(0.55 + share * static_cast<double>(i + 1),
                                        0.55 + share * static_cast<double>(i + 2));
        const Place later = retreated(place, metres);
        const Glaciers left = findLater(later, glaciers, part.part(0, 0.2));
        const auto years = std::chrono::years(std::max(1, static_cast<int>(metres / retreatPerYear + 0.5)));
        auto laterDay = day + years;
        if (!laterDay.ok()) { // the 29th of February
            laterDay = laterDay.year() / laterDay.month() / 28;
        }
        const auto where = laterFolder(folder, metres);
        writeDate(options, later, left, where, laterDay, i + 1, part.part(0.2, 1));
        result.later.push_back(where / sceneName);
    }
    return result;
}

} // namespace nunatak::scene
