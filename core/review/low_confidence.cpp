// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/low_confidence.h"

#include "base/error.h"
#include "prediction/quality.h"
#include "review/confidence_bands.h"
#include "review/two_threads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <limits>
#include <optional>

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

bool saysCalibrated(const raster::RasterReader& reader) {
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
    if (saysCalibrated(reader)) {
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
        const int block = static_cast<int>((2 * std::int64_t{i} + 1) * blocks / (2 * std::int64_t{taken}));
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

/// The least float that is not under a number, so that floats are compared with it as the number itself.
float leastNotUnder(double number) {
    const auto nearest = static_cast<float>(number);
    return static_cast<double>(nearest) < number
               ? std::nextafter(nearest, std::numeric_limits<float>::infinity())
               : nearest;
}

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

/// A bit for each of a word's number of bytes that are 0 or 1.
std::uint64_t bitsOf(const std::uint8_t* bytes) {
    std::uint64_t bits = 0;
    for (int i = 0; i < PixelBits::wordBits; i += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, bytes + i, sizeof eight);
        bits |= ((eight * 0x0102040810204080) >> 56) << i; // the lowest byte to the lowest bit
    }
    return bits;
}

/// The blocks that windows lie in.
std::vector<geo::PixelWindow> blocksUnder(const std::vector<geo::PixelWindow>& windows,
                                          const geo::Grid& grid) {
    const int across = (grid.columns + blockSize - 1) / blockSize;
    const int down = (grid.rows + blockSize - 1) / blockSize;
    std::vector<bool> isWanted(static_cast<std::size_t>(across) * static_cast<std::size_t>(down));
    for (const auto& window : windows) {
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
    return blocks;
}

} // namespace

double lowConfidenceBelow(const std::filesystem::path& raster, double threshold, double leastSure,
                          const Progress& progress) {
    return lowBelow(raster::RasterReader(raster.string()), threshold, leastSure, progress);
}

LowConfidence::LowConfidence(const ConfidenceRequest& request, const Progress& progress) {
    const raster::RasterReader reader(request.raster.string());
    m_grid = gridOf(reader);
    m_isCalibrated = saysCalibrated(reader);
    m_file = m_isCalibrated ? flagsBeside(request.raster, m_grid) : std::string();
    m_isFlags = !m_file.empty();
    if (!m_isFlags) {
        m_file = request.raster.string();
        m_below = leastNotUnder(lowBelow(reader, request.threshold, request.leastSure, progress));
    }
}

void LowConfidence::look(const float* values, int count, std::uint8_t* isKnown, std::uint8_t* isLow) const {
    using namespace prediction::quality;
    if (m_isFlags) {
        for (int i = 0; i < count; ++i) {
            const int flags = static_cast<int>(values[i]);
            isKnown[i] = (flags & (noData | notComputed)) == 0 ? 1 : 0;
            isLow[i] = (flags & (noData | notComputed | prediction::quality::lowConfidence)) ==
                               prediction::quality::lowConfidence
                           ? 1
                           : 0;
        }
        return;
    }
    for (int i = 0; i < count; ++i) {
        isKnown[i] = std::isnan(values[i]) ? 0 : 1;
        isLow[i] = values[i] < m_below ? 1 : 0;
    }
}

/// Blocks begin on words of their own, so two threads may take two of them.
void LowConfidence::take(const Image<float>& pixels, const geo::PixelWindow& window, Ground& ground) const {
    static_assert(blockSize % PixelBits::wordBits == 0);
    std::array<std::uint8_t, blockSize> isKnown{};
    std::array<std::uint8_t, blockSize> isLow{};
    const int first = window.column / PixelBits::wordBits;
    for (int row = 0; row < window.rows; ++row) {
        look(pixels.row(0, row), window.columns, isKnown.data(), isLow.data());
        std::uint64_t* known = ground.known.row(window.row + row) + first;
        std::uint64_t* low = ground.low.row(window.row + row) + first;
        for (int column = 0; column < window.columns; column += PixelBits::wordBits) {
            *known++ = bitsOf(isKnown.data() + column);
            *low++ = bitsOf(isLow.data() + column);
        }
    }
}

LowConfidence::Ground LowConfidence::read(const std::vector<geo::PixelWindow>& windows,
                                          const Progress& progress) const {
    Ground ground{PixelBits(m_grid.rows, m_grid.columns), PixelBits(m_grid.rows, m_grid.columns)};
    const auto blocks = blocksUnder(windows, m_grid);
    std::array<std::optional<raster::RasterReader>, 2> readers;
    onTwoThreads(blocks.size(), progress, [&](int thread, std::size_t i) {
        auto& reader = readers[static_cast<std::size_t>(thread)];
        if (!reader) {
            reader.emplace(m_file);
        }
        const auto& window = blocks[i];
        take(reader->readWindow(band, window, window.columns, window.rows, progress.stopToken()), window,
             ground);
    });
    return ground;
}

} // namespace nunatak::review
