// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "geo/grid.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::scene {

/// The names of features and bands that every part of the program uses.
/// Features: optical (blue, green, red, nir, swir1, swir2), dem (elevation, slope), co_pol_sar and
/// cross_pol_sar (ascending, descending), in_sar (ascending, descending), thermal (thermal); and quality
/// (cloud, cloud_shadow, cirrus, snow), which is there to be looked at.

/// What is done to a number after scale and offset.
enum class Conversion {
    None,
    BrightnessTemperature, ///< radiance L → K2 / ln(K1 / L + 1), kelvin (Landsat Data Users Handbooks)
    Decibels,              ///< dB → power
    Amplitude,             ///< amplitude → power
};

/// Which of the numbers of a quality raster raise a flag: those with this bit, or these values.
struct QualityFlag {
    int bit = -1; ///< counted from 0; -1: by values
    std::vector<int> values;
    bool operator==(const QualityFlag&) const = default;
};

/// One raster file that holds bands of one feature.
struct SceneRaster {
    std::string feature;                ///< optical, dem, …
    std::string file;                   ///< absolute path or GDAL's virtual path; relative in scene.json
    std::vector<int> bands;             ///< counted from 1
    std::vector<std::string> bandNames; ///< as many as bands
    double scale = 1;                   ///< value = (what the reader gives) × scale + offset, such as 0.0001
    double offset = 0;
    int columns = 0; ///< of the file when the scene was made; 0: never looked at
    int rows = 0;
    int fileBands = 0;

    std::vector<std::string> tiles{}; ///< more files that continue the first one's bands elsewhere
    std::optional<double> noData{};   ///< stored number without meaning, whatever the file declares
    Conversion conversion = Conversion::None;
    double k1 = 0;                    ///< of the conversion to brightness temperature, W/(m² sr µm)
    double k2 = 0;                    ///< kelvin
    std::string fillFile{};           ///< raster that says where there is no data, such as Landsat's QA_PIXEL
    int fillValue = 1;                ///< its number that says so
    std::vector<QualityFlag> flags{}; ///< of a quality raster, as many as bands
    bool fillVoids = false;           ///< elevation: voids are filled when read
    std::string heightReference{};    ///< elevation: "orthometric (EGM2008)", "ellipsoidal (WGS 84)"
};

/// One acquisition over one place: a grid and its features. A plain value.
struct Scene {
    std::string id; ///< UUID, made with the scene
    std::string name;
    std::string date;                     ///< ISO 8601 date of acquisition, empty when unknown
    std::string time{};                   ///< of acquisition, UTC, as 10:05:32; empty when unknown
    std::string sensor;                   ///< free text, such as "Landsat 7 ETM+"
    std::string product{};                ///< the provider's name of it, such as LC08_L1TP_…
    std::optional<double> sunElevation{}; ///< degrees above the horizon, at the scene's centre
    std::optional<double> sunAzimuth{};   ///< degrees from north, clockwise
    double pixelSize = 0; ///< of the grid, where another one than the optical file's is wanted; 0: that
    geo::Grid grid;       ///< the optical file's grid, or a north-up one in the zone of its centre
    std::vector<SceneRaster> rasters;
    std::vector<std::string>
        notes; ///< assumptions worth telling the user, such as taken-for-granted band names

    bool hasBand(const std::string& feature, const std::string& band) const;
    /// Band names of a feature in file order.
    std::vector<std::string> bands(const std::string& feature) const;
};

/// Reads scene.json, looks at each raster's header and works out the grid.
/// Throws Error: a missing or damaged file, a raster without georeference or of another place, tiles that do
/// not fit together, band names given twice.
Scene loadScene(const std::filesystem::path& sceneJson);
/// Writes scene.json with paths relative to it where possible; never in the place of one of its rasters.
/// Throws Error.
void saveScene(const Scene& scene, const std::filesystem::path& sceneJson,
               const Claim& claim = {"opening of a scene"});

/// Rasters named on the command line: "FILE" or "FILE:band,band".
struct RasterArgument {
    std::string feature; ///< optical, dem
    std::string text;    ///< as typed
};
/// A scene from rasters given directly: openScene (open_scene.h) of these alone. Three unnamed optical bands
/// are red, green, blue; six are blue … swir2, one dem band is elevation, of several files their tiles; what
/// was assumed is in Scene::notes. Throws as loadScene.
Scene sceneFromRasters(const std::vector<RasterArgument>& rasters, const std::string& name,
                       const std::string& date, const std::string& sensor);

/// The scene as JSON text and back, for storing in a project (absolute paths). Throws Error.
std::string toJson(const Scene& scene);
Scene fromJson(const std::string& json);
/// Throws Error when a raster of the scene is gone or is not what the scene says (size or band count
/// changed).
void checkFiles(const Scene& scene);

} // namespace nunatak::scene
