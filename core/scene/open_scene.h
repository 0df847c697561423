// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "scene/scene.h"

#include <string>
#include <vector>

namespace nunatak::scene {

/// How reflectance is stored in rasters that do not say so.
enum class ReflectanceStorage {
    Guess,                  ///< by type and size of the numbers; what was guessed is in the notes
    Unit,                   ///< 0 to 1
    TenThousand,            ///< 0 to 10,000
    TenThousandAndThousand, ///< 1,000 to 11,000: Sentinel-2 since processing baseline 04.00
    Collection2,            ///< Landsat Collection 2 Level-2: (reflectance + 0.2) / 0.0000275
    Bytes,                  ///< 0 to 255
    AsIs,                   ///< no reflectance: kept as it is
};

struct OpenOptions {
    std::string name;     ///< empty: the product's
    std::string date;     ///< empty: the product's
    std::string sensor;   ///< empty: the product's
    double pixelSize = 0; ///< of the scene's grid, in metres; 0: the finest optical band's
    ReflectanceStorage reflectance = ReflectanceStorage::Guess;
    bool swapOrbits = false;             ///< exchange ascending and descending
    std::vector<RasterArgument> rasters; ///< said to be what they are, instead of recognised
};

/// One of the things given, for the user to see.
struct RecognisedProduct {
    std::string given; ///< path as given
    std::string kind;  ///< "Landsat 8 OLI/TIRS Collection 2 Level-1"
    std::string name;
    std::string date;
};

/// A raster of which nobody can tell what it shows; the user has to say.
struct UnknownRaster {
    std::string file;
    int bands = 0;
    std::string reason;     ///< a sentence
    Image<float> preview{}; ///< of its first bands, small; empty where a look would take long
};

struct OpenedScene {
    Scene
        scene; ///< whole and checked when `unknown` is empty and there is a raster; else what is known so far
    std::vector<RecognisedProduct> products;
    std::vector<UnknownRaster> unknown;
    bool complete = false; ///< the scene can be used
    /// How reflectance is stored makes a difference: an optical raster is no product with its own factors.
    bool reflectanceIsAsked = false;
};

/// Recognises what lies at the paths (Landsat, Sentinel-2, Sentinel-1 corrected for terrain, elevation
/// models, rasters with named bands; folders, archives, files, /vsi… paths) and makes one scene of it. Looks
/// at metadata and headers and at a few pixels; nothing is copied. Throws Error: nothing there, damaged, two
/// acquisitions at once, a product that cannot be used (MSS, Sentinel-1 GRD or SLC); Cancelled.
OpenedScene openScene(const std::vector<std::string>& paths, const OpenOptions& options,
                      const Progress& progress = {});

} // namespace nunatak::scene
