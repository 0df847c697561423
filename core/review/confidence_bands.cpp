// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/confidence_bands.h"

#include "geo/rings.h"
#include "review/ground_measures.h"
#include "review/low_confidence.h"
#include "review/pixel_bits.h"
#include "review/two_threads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace nunatak::review {

namespace {

/// What a raster says near outlines.
struct Ground : LowConfidence::Ground {
    PixelBits ice; ///< of any outline of the layer
};

/// An outline on the raster's pixels.
struct OnPixels {
    std::vector<PixelRun> runs;
    geo::PixelWindow around; ///< it and its band, within the raster
    double length = 0;       ///< of its lines, in pixels
};

OnPixels onPixels(const outlines::SharedOutline& outline, const geo::CoordinateTransform& transform,
                  const geo::Grid& grid) {
    OnPixels found;
    const auto toPixels = [&](const geo::Ring& ring) {
        geo::Ring pixels = ring;
        if (!transform.isIdentity()) {
            transform.apply(pixels);
        }
        for (geo::Point& point : pixels) {
            point = grid.toPixel(point);
        }
        return pixels;
    };
    const auto shape = geo::withRings(outline.geometry, toPixels);
    found.length = lengthOf(shape);
    found.runs = runsOf(shape, grid.rows, grid.columns);
    const auto extent = geo::extentOf(shape).grown(bandReach + 1);
    const auto within = [](double value, int end) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(end)));
    };
    const int left = within(std::floor(extent.xmin), grid.columns);
    const int top = within(std::floor(extent.ymin), grid.rows);
    found.around = {left, top, within(std::ceil(extent.xmax), grid.columns) - left,
                    within(std::ceil(extent.ymax), grid.rows) - top};
    return found;
}

std::vector<OnPixels> onPixels(const std::vector<outlines::OutlineHandle>& outlines, const geo::Crs& crs,
                               const geo::Grid& grid, const Progress& progress) {
    std::vector<OnPixels> found(outlines.size());
    std::array<std::optional<geo::CoordinateTransform>, 2> transforms; // which belong to their threads
    onTwoThreads(outlines.size(), progress, [&](int thread, std::size_t i) {
        auto& transform = transforms[static_cast<std::size_t>(thread)];
        if (!transform) {
            transform.emplace(crs, grid.crs);
        }
        found[i] = onPixels(*outlines[i], *transform, grid);
    });
    return found;
}

void markIce(const std::vector<OnPixels>& outlines, Ground& ground) {
    for (const OnPixels& outline : outlines) {
        for (const PixelRun& run : outline.runs) {
            ground.ice.fill(run.row, run.begin, run.end);
        }
    }
}

/// Grows `reached` by steps from pixel to pixel through `open`, which it must not hold. How many there are
/// of them then.
int grow(PixelBits& reached, const PixelBits& open, int steps) {
    int count = 0;
    PixelBits front = reached;
    for (int step = 0; step < steps; ++step) {
        PixelBits next(reached.rows(), reached.columns());
        int came = 0;
        for (int row = 0; row < reached.rows(); ++row) {
            const std::uint64_t* here = front.row(row);
            const std::uint64_t* above = row > 0 ? front.row(row - 1) : nullptr;
            const std::uint64_t* below = row + 1 < reached.rows() ? front.row(row + 1) : nullptr;
            for (int word = 0; word < reached.words(); ++word) {
                std::uint64_t bits = (here[word] << 1) | (here[word] >> 1);
                bits |= word > 0 ? here[word - 1] >> 63 : 0;
                bits |= word + 1 < reached.words() ? here[word + 1] << 63 : 0;
                bits |= above != nullptr ? above[word] : 0;
                bits |= below != nullptr ? below[word] : 0;
                bits &= open.row(row)[word] & ~reached.row(row)[word];
                next.row(row)[word] = bits;
                came += std::popcount(bits);
            }
        }
        if (came == 0) {
            break;
        }
        count += came;
        for (int row = 0; row < reached.rows(); ++row) {
            for (int word = 0; word < reached.words(); ++word) {
                reached.row(row)[word] |= next.row(row)[word];
            }
        }
        front = std::move(next);
    }
    return count;
}

struct Count {
    int known = 0; ///< of the outline's own pixels
    int unsure = 0;
    int beside = 0; ///< of low confidence, up to its reach from them
};

Count countOf(const OnPixels& outline, const Ground& ground) {
    Count count;
    const geo::PixelWindow& window = outline.around;
    // On the words of the window: from the word that its first column lies in.
    const int firstWord = window.column / PixelBits::wordBits;
    const int offset = firstWord * PixelBits::wordBits;
    const int columns = window.column + window.columns - offset;
    PixelBits reached(window.rows, columns);
    for (const PixelRun& run : outline.runs) {
        count.known += ground.known.count(run.row, run.begin, run.end);
        count.unsure += ground.low.count(run.row, run.begin, run.end);
        reached.fill(run.row - window.row, run.begin - offset, run.end - offset);
    }
    if (count.known == 0) {
        return count;
    }
    PixelBits open(window.rows, columns);
    for (int row = 0; row < window.rows; ++row) {
        const std::uint64_t* low = ground.low.row(window.row + row) + firstWord;
        const std::uint64_t* ice = ground.ice.row(window.row + row) + firstWord;
        for (int word = 0; word < open.words(); ++word) {
            open.row(row)[word] = low[word] & ~ice[word];
        }
    }
    count.beside = grow(reached, open, bandReach);
    return count;
}

} // namespace

std::vector<std::optional<ConfidenceBand>> confidenceBands(const ConfidenceRequest& request,
                                                           const Progress& progress) {
    progress.report(0, "Reading confidence");
    const LowConfidence confidence(request, progress);
    const geo::Grid& grid = confidence.grid();
    const std::vector<OnPixels> outlines = onPixels(request.outlines, request.crs, grid, progress);
    std::vector<geo::PixelWindow> windows;
    std::transform(outlines.begin(), outlines.end(), std::back_inserter(windows),
                   [](const OnPixels& outline) { return outline.around; });
    Ground ground{confidence.read(windows, progress), PixelBits(grid.rows, grid.columns)};

    progress.report(0.8, "Measuring bands of low confidence");
    std::vector<outlines::OutlineHandle> beside;
    if (request.ice.size() > request.outlines.size()) { // else they are all that there are
        const double reach = (bandReach + 2) * grid.pixelSize * grid.crs.metresPerUnit();
        std::set<std::string> taken;
        for (const auto& outline : request.outlines) {
            for (const auto& other :
                 request.ice.in(outline->extent().grown(reach / request.crs.metresPerUnit()))) {
                if (taken.insert(other->uuid).second) {
                    beside.push_back(other);
                }
            }
        }
    }
    markIce(onPixels(beside, request.crs, grid, progress), ground);
    markIce(outlines, ground);

    std::vector<std::optional<ConfidenceBand>> bands(outlines.size());
    onTwoThreads(outlines.size(), progress, [&](int, std::size_t i) {
        const OnPixels& outline = outlines[i];
        const Count count = outline.around.empty() ? Count() : countOf(outline, ground);
        if (count.known == 0 || !(outline.length > 0)) {
            return;
        }
        // Both in pixels: a width in pixels, which are as large on the ground as the projection has them.
        bands[i] = ConfidenceBand{static_cast<double>(count.unsure + count.beside) / outline.length,
                                  static_cast<double>(count.unsure) / static_cast<double>(count.known),
                                  confidence.isCalibrated()};
    });
    GroundMeasures measures(grid.crs);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (bands[i]) {
            const auto& window = outlines[i].around;
            bands[i]->width *=
                grid.pixelSize * measures.metresPerUnit(grid.toMap(window.column + window.columns / 2.0,
                                                                   window.row + window.rows / 2.0));
        }
    }
    progress.report(1, "Measuring bands of low confidence");
    return bands;
}

} // namespace nunatak::review
