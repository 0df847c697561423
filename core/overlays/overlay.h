// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/grid.h"

#include <functional>
#include <string>

namespace nunatak::overlays {

/// Where an overlay comes from.
enum class Origin { Condition, Scene, Prediction, Difference, File };

/// What its numbers are, which says how to colour them.
enum class Quantity {
    Value,  ///< any number
    Share,  ///< 0 to 1
    Signed, ///< around 0, such as a change of elevation
    Flag,   ///< 1 where something is; no data elsewhere
    Picture ///< three bands, red, green and blue from 0 to 255
};

/// A raster that can be laid over the picture of a scene.
struct Overlay {
    std::string id; ///< the same whenever the same project is opened
    Origin origin = Origin::Scene;
    std::string key;    ///< what it is: elevation, cloud, probability, …; a file's name
    std::string detail; ///< of which run, which layers; may be empty
    std::string unit;   ///< m, °, K, dB or nothing
    Quantity quantity = Quantity::Value;
    /// What takes long, once, before there is something to read; may be empty. Throws Error that says why
    /// there is nothing; Cancelled.
    std::function<void(const Progress&)> prepare{};
    /// Values on any grid in any system, NaN for none; one band, three of a picture. Callable from several
    /// threads. Throws Error when a file is gone or damaged; Cancelled.
    std::function<Image<float>(const geo::Grid&, const Progress&)> read;
};

/// The values between which colours are spread.
struct Range {
    double low = 0;
    double high = 1;
    bool operator==(const Range&) const = default;
};

/// A range that shows what is there: of values the 2nd to the 98th percentile of a coarse look at `extent`
/// (in `crs`), around 0 where they are signed or lie to both sides of it; of shares 0 to 1. A range
/// of one value is widened. Throws as Overlay::read.
Range rangeOf(const Overlay& overlay, const geo::Extent& extent, const geo::Crs& crs,
              const Progress& progress);

} // namespace nunatak::overlays
