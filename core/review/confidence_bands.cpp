// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/confidence_bands.h"

#include "base/error.h"
#include "geo/rings.h"
#include "prediction/quality.h"
#include "raster/raster_reader.h"
#include "review/ground_measures.h"
#include "review/pixel_bits.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <exception>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace nunatak::review {

namespace {

constexpr int blockSize = 256; // of the rasters that the program writes
constexpr std::array<int, 1> band{1};

geo::Grid gridOf(const raster::RasterReader& reader) {
    const auto grid = reader.info().northUpGrid();
    if (!grid) {
        throw Error("The raster " + reader.info().path + " is no confidence that this program wrote.");
    }
    return *grid;
}

bool isCalibrated(const raster::RasterReader& reader) {
    const auto& metadata = reader.info().metadata;
    const auto calibration = metadata.find("NUNATAK_CONFIDENCE");
    return calibration != metadata.end() && calibration->second.starts_with("calibrated");
}

geo::PixelWindow blockAt(const geo::Grid& grid, int row, int column) {
    return {column * blockSize, row * blockSize, std::min(blockSize, grid.columns - column * blockSize),
            std::min(blockSize, grid.rows - row * blockSize)};
}

double lowBelow(const raster::RasterReader& reader, double threshold, double leastSure,
                const Progress& progress) {
    if (isCalibrated(reader)) {
        return threshold;
    }
    constexpr int samples = 64;
    const geo::Grid grid = gridOf(reader);
    const int across = (grid.columns + blockSize - 1) / blockSize;
    const int blocks = across * ((grid.rows + blockSize - 1) / blockSize);
    const int taken = std::min(blocks, samples);
    std::vector<float> values;
    for (int i = 0; i < taken; ++i) {
        progress.throwIfStopped();
        const int block = static_cast<int>((static_cast<std::int64_t>(2 * i + 1) * blocks) / (2 * taken));
        const auto window = blockAt(grid, block / across, block % across);
        const auto pixels =
            reader.readWindow(band, window, window.columns, window.rows, progress.stopToken());
        std::copy_if(pixels.values().begin(), pixels.values().end(), std::back_inserter(values),
                     [](float value) { return !std::isnan(value); });
    }
    if (values.empty()) {
        return 0; // nothing is known anywhere
    }
    const auto place =
        values.begin() + static_cast<std::ptrdiff_t>(leastSure * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return static_cast<double>(*place);
}

/// What a raster says near outlines.
struct Ground {
    PixelBits known;
    PixelBits low;
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

/// Does work(thread, i) for each i on two threads; what one of them throws comes out.
template <typename Work> void onTwoThreads(std::size_t count, const Progress& progress, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> hasFailed{false};
    std::exception_ptr failure;
    std::mutex mutex;
    const auto run = [&](int thread) {
        try {
            for (std::size_t i = next++; i < count && !hasFailed; i = next++) {
                progress.throwIfStopped();
                work(thread, i);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            failure = failure ? failure : std::current_exception();
            hasFailed = true;
        }
    };
    {
        std::jthread other;
        if (count > 1) {
            other = std::jthread([&] { run(1); });
        }
        run(0);
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
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

/// Where it is read what is low. The flags of a prediction say it in a byte a pixel, which is read ten times
/// as fast as its confidence, for the threshold that the prediction was made with.
struct Source {
    std::string file;
    bool isFlags = false;
    double threshold = 0; ///< of confidence
    bool isKnown(float value) const {
        using namespace prediction::quality;
        return isFlags ? (static_cast<int>(value) & (noData | notComputed)) == 0 : !std::isnan(value);
    }
    bool isLow(float value) const {
        return isFlags ? isKnown(value) && (static_cast<int>(value) & prediction::quality::lowConfidence) != 0
                       : static_cast<double>(value) < threshold;
    }
};

/// quality….tif beside confidence….tif, where it is of the same pixels; "" where it is not.
std::string flagsBeside(const std::filesystem::path& confidence, const geo::Grid& grid) {
    const std::string kind = "confidence";
    const std::string name = confidence.filename().string();
    const auto file =
        confidence.parent_path() / ("quality" + name.substr(std::min(kind.size(), name.size())));
    std::error_code ignored;
    if (!name.starts_with(kind) || !std::filesystem::exists(file, ignored)) {
        return {};
    }
    try {
        const raster::RasterReader reader(file.string());
        return reader.info().northUpGrid() == grid ? file.string() : std::string();
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) { // the confidence itself says as much
        return {};
    }
}

/// A block of the raster as bits. Blocks begin on words of their own.
void take(const Image<float>& pixels, const geo::PixelWindow& window, const Source& source, Ground& ground) {
    static_assert(blockSize % PixelBits::wordBits == 0);
    for (int row = 0; row < window.rows; ++row) {
        const float* values = pixels.row(0, row);
        std::uint64_t* known = ground.known.row(window.row + row) + window.column / PixelBits::wordBits;
        std::uint64_t* low = ground.low.row(window.row + row) + window.column / PixelBits::wordBits;
        for (int column = 0; column < window.columns; ++column) {
            const int shift = column % PixelBits::wordBits;
            const float value = values[column];
            known[column / PixelBits::wordBits] |= static_cast<std::uint64_t>(source.isKnown(value)) << shift;
            low[column / PixelBits::wordBits] |= static_cast<std::uint64_t>(source.isLow(value)) << shift;
        }
    }
}

void readBlocks(const Source& source, const geo::Grid& grid, const std::vector<OnPixels>& outlines,
                const Progress& progress, Ground& ground) {
    const int across = (grid.columns + blockSize - 1) / blockSize;
    const int down = (grid.rows + blockSize - 1) / blockSize;
    std::vector<bool> isWanted(static_cast<std::size_t>(across) * static_cast<std::size_t>(down));
    for (const OnPixels& outline : outlines) {
        const auto& window = outline.around;
        if (window.empty()) {
            continue;
        }
        for (int row = window.row / blockSize; row <= (window.row + window.rows - 1) / blockSize; ++row) {
            for (int column = window.column / blockSize;
                 column <= (window.column + window.columns - 1) / blockSize; ++column) {
                isWanted[static_cast<std::size_t>(row) * static_cast<std::size_t>(across) +
                         static_cast<std::size_t>(column)] = true;
            }
        }
    }
    std::vector<geo::PixelWindow> blocks;
    for (int block = 0; block < across * down; ++block) {
        if (isWanted[static_cast<std::size_t>(block)]) {
            blocks.push_back(blockAt(grid, block / across, block % across));
        }
    }
    std::array<std::optional<raster::RasterReader>, 2> readers;
    onTwoThreads(blocks.size(), progress, [&](int thread, std::size_t i) {
        auto& reader = readers[static_cast<std::size_t>(thread)];
        if (!reader) {
            reader.emplace(source.file);
        }
        const auto& window = blocks[i];
        take(reader->readWindow(band, window, window.columns, window.rows, progress.stopToken()), window,
             source, ground);
    });
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

double lowConfidenceBelow(const std::filesystem::path& raster, double threshold, double leastSure,
                          const Progress& progress) {
    return lowBelow(raster::RasterReader(raster.string()), threshold, leastSure, progress);
}

std::vector<std::optional<ConfidenceBand>> confidenceBands(const ConfidenceRequest& request,
                                                           const Progress& progress) {
    const raster::RasterReader reader(request.raster.string());
    const geo::Grid grid = gridOf(reader);
    const bool calibrated = isCalibrated(reader);
    progress.report(0, "Reading confidence");
    const std::string flags = calibrated ? flagsBeside(request.raster, grid) : std::string();
    const Source source = !flags.empty()
                              ? Source{flags, true}
                              : Source{request.raster.string(), false,
                                       lowBelow(reader, request.threshold, request.leastSure, progress)};
    const std::vector<OnPixels> outlines = onPixels(request.outlines, request.crs, grid, progress);
    Ground ground{PixelBits(grid.rows, grid.columns), PixelBits(grid.rows, grid.columns),
                  PixelBits(grid.rows, grid.columns)};
    readBlocks(source, grid, outlines, progress, ground);

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
        bands[i] =
            ConfidenceBand{static_cast<double>(count.unsure + count.beside) / outline.length,
                           static_cast<double>(count.unsure) / static_cast<double>(count.known), calibrated};
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
