// SPDX-License-Identifier: GPL-3.0-or-later
// How fast windows of a raster come through the shared reader, beside a plain loop of GDALRasterIO over the
// same windows; both in turn in one run, with the same bound on GDAL's cache (64 MiB), and compared bit by
// bit. raster_reading.py makes the files, serves them and calls this.
//
//     raster_reading FILE [--windows N] [--size PIXELS] [--sweep OVERLAP] [--bands N] [--cache MIB]
//                    [--rounds N] [--cold 1] [--seed N] [--reference 0]
#include "base/error.h"
#include "raster/reader_pool.h"

#include <cpl_vsi.h>
#include <gdal.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <numeric>
#include <random>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace nunatak;

namespace {

using Clock = std::chrono::steady_clock;
using Options = std::map<std::string, std::string>;
using Windows = std::vector<geo::PixelWindow>;

Options readOptions(int count, char** words) {
    Options options{{"windows", "200"}, {"size", "384"}, {"sweep", ""}, {"bands", "0"},    {"cache", "384"},
                    {"rounds", "3"},    {"cold", "0"},   {"seed", "1"}, {"reference", "1"}};
    for (int i = 2; i < count; ++i) {
        const std::string word = words[i];
        if (!word.starts_with("--") || !options.contains(word.substr(2)) || i + 1 == count) {
            throw Error("raster_reading does not know \"" + word + "\".");
        }
        options[word.substr(2)] = words[++i];
    }
    return options;
}

Windows windowsOf(const raster::RasterInfo& info, const Options& options) {
    const int size = std::min({std::stoi(options.at("size")), info.columns, info.rows});
    Windows windows;
    if (options.at("sweep").empty()) {
        std::mt19937 random(static_cast<unsigned>(std::stoi(options.at("seed"))));
        for (int i = 0; i < std::stoi(options.at("windows")); ++i) {
            const int column = static_cast<int>(random() % static_cast<unsigned>(info.columns - size + 1));
            const int row = static_cast<int>(random() % static_cast<unsigned>(info.rows - size + 1));
            windows.push_back({column, row, size, size});
        }
        return windows;
    }
    const int step = std::max(1, static_cast<int>(size * (1 - std::stod(options.at("sweep")))));
    for (int row = 0; row < info.rows; row += step) {
        for (int column = 0; column < info.columns; column += step) {
            windows.push_back(
                {column, row, std::min(size, info.columns - column), std::min(size, info.rows - row)});
        }
    }
    return windows;
}

/// The file's pages leave the page cache, or GDAL's own memory of what it fetched goes.
void forget(const std::string& path, bool cold) {
    if (path.starts_with("/vsicurl")) {
        VSICurlClearCache();
    } else if (cold) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        ::close(file);
    }
}

std::uint64_t checksum(std::uint64_t sum, const float* values, std::size_t count) {
    for (std::size_t i = 0; i < count; i += 7) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, values + i, sizeof(bits));
        sum = (sum ^ bits) * 0x9E3779B97F4A7C15ULL;
    }
    return sum;
}

struct Result {
    double seconds = 0;
    double first = 0; ///< seconds until the first window
    double processor = 0;
    std::uint64_t sum = 0;
};

double processorTime() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

template <typename Read> Result timed(const Windows& windows, const Read& read) {
    Result result;
    const auto begin = Clock::now();
    const double used = processorTime();
    for (std::size_t i = 0; i < windows.size(); ++i) {
        result.sum = read(i, result.sum);
        if (i == 0) {
            result.first = std::chrono::duration<double>(Clock::now() - begin).count();
        }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    result.processor = processorTime() - used;
    return result;
}

Result plainLoop(const std::string& path, std::vector<int> bands, const Windows& windows) {
    GDALDatasetH dataset = nullptr;
    std::vector<float> pixels;
    const Result result = timed(windows, [&](std::size_t i, std::uint64_t sum) {
        if (dataset == nullptr) {
            dataset = GDALOpen(path.c_str(), GA_ReadOnly);
        }
        const auto& window = windows[i];
        pixels.resize(bands.size() * static_cast<std::size_t>(window.columns) *
                      static_cast<std::size_t>(window.rows));
        if (dataset == nullptr ||
            GDALDatasetRasterIO(dataset, GF_Read, window.column, window.row, window.columns, window.rows,
                                pixels.data(), window.columns, window.rows, GDT_Float32,
                                static_cast<int>(bands.size()), bands.data(), 0, 0, 0) != CE_None) {
            throw Error("GDAL cannot read " + path + ".");
        }
        return checksum(sum, pixels.data(), pixels.size());
    });
    GDALClose(dataset);
    return result;
}

Result sharedReader(const std::string& path, const std::vector<int>& bands, const Windows& windows,
                    std::size_t cacheBytes, raster::ReadStatistics& statistics) {
    raster::ReaderPool pool({.bytes = cacheBytes});
    raster::LookAhead ahead;
    const Result result = timed(windows, [&](std::size_t i, std::uint64_t sum) {
        if (i == 0) {
            std::vector<std::vector<raster::ReadRequest>> steps;
            for (const auto& window : windows) {
                steps.push_back({{path, bands, window, -1}});
            }
            ahead = pool.lookAhead(steps);
        }
        ahead.reached(i);
        const auto& window = windows[i];
        return pool.with<std::uint64_t>(path, [&](const raster::RasterReader& reader) {
            const auto image = reader.readWindow(bands, window, window.columns, window.rows);
            return checksum(sum, image.values().data(), image.values().size());
        });
    });
    statistics = pool.statistics();
    return result;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void measure(const std::string& path, const Options& options) {
    raster::initialiseGdal();
    const auto info = raster::RasterReader(path).info();
    std::vector<int> bands(options.at("bands") == "0"
                               ? info.bands.size()
                               : static_cast<std::size_t>(std::stoi(options.at("bands"))));
    std::iota(bands.begin(), bands.end(), 1);
    const Windows windows = windowsOf(info, options);
    const bool cold = options.at("cold") == "1";
    const bool withReference = options.at("reference") == "1";
    std::vector<double> ratios;
    std::vector<double> plain;
    std::vector<double> shared;
    raster::ReadStatistics statistics;
    for (int round = 0; round < std::stoi(options.at("rounds")); ++round) {
        Result reference;
        if (withReference) {
            forget(path, cold);
            reference = plainLoop(path, bands, windows);
        }
        forget(path, cold);
        const Result reader = sharedReader(
            path, bands, windows, static_cast<std::size_t>(std::stoi(options.at("cache"))) << 20, statistics);
        if (withReference && reader.sum != reference.sum) {
            throw Error("The reader gives other pixels than GDAL.");
        }
        plain.push_back(reference.seconds);
        shared.push_back(reader.seconds);
        ratios.push_back(reference.seconds / reader.seconds);
        std::printf("  plain %.2f s (first window %.2f s, processor %.2f s), reader %.2f s (first %.2f s, "
                    "processor %.2f s), ratio %.2f; %llu blocks, %.0f MB decoded, cache at most %.0f MiB\n",
                    reference.seconds, reference.first, reference.processor, reader.seconds, reader.first,
                    reader.processor, ratios.back(),
                    static_cast<unsigned long long>(statistics.blocksDecoded),
                    1e-6 * static_cast<double>(statistics.bytesDecoded),
                    static_cast<double>(statistics.mostBytes) / (1 << 20));
        std::fflush(stdout);
    }
    std::printf("%zu windows: plain %.2f s, reader %.2f s, ratio %.2f (medians)\n", windows.size(),
                median(plain), median(shared), median(ratios));
}

} // namespace

int main(int count, char** words) {
    try {
        if (count < 2) {
            throw Error("raster_reading FILE [options]");
        }
        measure(words[1], readOptions(count, words));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
