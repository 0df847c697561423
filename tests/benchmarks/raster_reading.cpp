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

/// Files come first.
int firstOption(int count, char** words) {
    int i = 1;
    while (i < count && !std::string(words[i]).starts_with("--")) {
        ++i;
    }
    return i;
}

Options readOptions(int count, char** words) {
    Options options{{"windows", "200"}, {"size", "384"},      {"sweep", ""},        {"picture", "0"},
                    {"cache", "384"},   {"rounds", "3"},      {"cold", "0"},        {"seed", "1"},
                    {"reference", "1"}, {"connections", "0"}, {"plain-cache", "64"}};
    for (int i = firstOption(count, words); i < count; ++i) {
        const std::string word = words[i];
        if (!word.starts_with("--") || !options.contains(word.substr(2)) || i + 1 == count) {
            throw Error("raster_reading does not know \"" + word + "\".");
        }
        options[word.substr(2)] = words[++i];
    }
    return options;
}

Windows windowsOf(int columns, int rows, const Options& options) {
    const int size = std::min({std::stoi(options.at("size")), columns, rows});
    Windows windows;
    if (options.at("sweep").empty()) {
        std::mt19937 random(static_cast<unsigned>(std::stoi(options.at("seed"))));
        for (int i = 0; i < std::stoi(options.at("windows")); ++i) {
            const int column = static_cast<int>(random() % static_cast<unsigned>(columns - size + 1));
            const int row = static_cast<int>(random() % static_cast<unsigned>(rows - size + 1));
            windows.push_back({column, row, size, size});
        }
        return windows;
    }
    const int step = std::max(1, static_cast<int>(size * (1 - std::stod(options.at("sweep")))));
    for (int row = 0; row < rows; row += step) {
        for (int column = 0; column < columns; column += step) {
            windows.push_back({column, row, std::min(size, columns - column), std::min(size, rows - row)});
        }
    }
    return windows;
}

/// The pages of the files leave the page cache, and GDAL's own memory of what it fetched goes.
void forget(const std::vector<std::string>& paths, bool cold) {
    VSICurlClearCache();
    for (const std::string& path : paths) {
        if (cold && !path.starts_with("/vsi")) {
            const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
            ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
            ::close(file);
        }
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

/// One of the files whose pixels belong together, as the bands of a satellite product.
struct Source {
    std::string path;
    std::vector<int> bands;
    int columns = 0;
    int rows = 0;
};

/// Windows are in pixels of the first file; another may have larger ones.
geo::PixelWindow windowIn(const Source& source, const Source& first, const geo::PixelWindow& window) {
    const auto scaled = [](int value, int size, int firstSize) {
        return static_cast<int>(std::int64_t(value) * size / firstSize);
    };
    geo::PixelWindow part;
    part.column = scaled(window.column, source.columns, first.columns);
    part.row = scaled(window.row, source.rows, first.rows);
    part.columns =
        std::max(1, scaled(window.column + window.columns, source.columns, first.columns) - part.column);
    part.rows = std::max(1, scaled(window.row + window.rows, source.rows, first.rows) - part.row);
    return part;
}

/// Pixels of a window as they are, or as a picture of `picture` rows when that is not 0.
struct Shape {
    int columns;
    int rows;
    Shape(const geo::PixelWindow& window, int picture)
        : columns(picture > 0 ? picture : window.columns), rows(picture > 0 ? picture : window.rows) {}
};

Result plainLoop(const std::vector<Source>& sources, const Windows& windows, int picture) {
    std::vector<GDALDatasetH> datasets(sources.size());
    std::vector<float> pixels;
    const Result result = timed(windows, [&](std::size_t i, std::uint64_t sum) {
        for (std::size_t file = 0; file < sources.size(); ++file) {
            const Source& source = sources[file];
            if (datasets[file] == nullptr) {
                datasets[file] = GDALOpen(source.path.c_str(), GA_ReadOnly);
            }
            const auto window = windowIn(source, sources.front(), windows[i]);
            const Shape shape(window, picture);
            std::vector<int> bands = source.bands;
            pixels.resize(bands.size() * static_cast<std::size_t>(shape.columns) *
                          static_cast<std::size_t>(shape.rows));
            if (datasets[file] == nullptr ||
                GDALDatasetRasterIO(datasets[file], GF_Read, window.column, window.row, window.columns,
                                    window.rows, pixels.data(), shape.columns, shape.rows, GDT_Float32,
                                    static_cast<int>(bands.size()), bands.data(), 0, 0, 0) != CE_None) {
                throw Error("GDAL cannot read " + source.path + ".");
            }
            sum = checksum(sum, pixels.data(), pixels.size());
        }
        return sum;
    });
    for (GDALDatasetH dataset : datasets) {
        GDALClose(dataset);
    }
    return result;
}

Result sharedReader(const std::vector<Source>& sources, const Windows& windows, int picture,
                    const raster::CacheLimits& limits, raster::ReadStatistics& statistics) {
    raster::ReaderPool pool(limits);
    raster::LookAhead ahead;
    const Result result = timed(windows, [&](std::size_t i, std::uint64_t sum) {
        if (i == 0 && picture == 0) {
            std::vector<std::vector<raster::ReadRequest>> steps;
            for (const auto& window : windows) {
                auto& step = steps.emplace_back();
                for (const Source& source : sources) {
                    step.push_back(
                        {source.path, source.bands, windowIn(source, sources.front(), window), -1});
                }
            }
            ahead = pool.lookAhead(steps);
        }
        ahead.reached(i);
        for (const Source& source : sources) {
            const auto window = windowIn(source, sources.front(), windows[i]);
            const Shape shape(window, picture);
            sum = pool.with<std::uint64_t>(source.path, [&](const raster::RasterReader& reader) {
                const auto image = reader.readWindow(source.bands, window, shape.columns, shape.rows);
                return checksum(sum, image.values().data(), image.values().size());
            });
        }
        return sum;
    });
    statistics = pool.statistics();
    return result;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void measure(const std::vector<std::string>& paths, const Options& options) {
    raster::initialiseGdal();
    std::vector<Source> sources;
    std::int64_t bytes = 0; // of all pixels, decoded
    raster::RasterInfo info;
    for (const std::string& path : paths) {
        info = raster::RasterReader(path).info();
        auto& source = sources.emplace_back(Source{path, {}, info.columns, info.rows});
        source.bands.resize(info.bands.size());
        std::iota(source.bands.begin(), source.bands.end(), 1);
        for (const auto& band : info.bands) {
            bytes += std::int64_t(info.columns) * info.rows *
                     GDALGetDataTypeSizeBytes(GDALGetDataTypeByName(band.dataType.c_str()));
        }
    }
    const auto number = [&](const char* name) { return std::stoi(options.at(name)); };
    const int picture = number("picture");
    const Windows windows = picture > 0 ? Windows{{0, 0, sources.front().columns, sources.front().rows}}
                                        : windowsOf(sources.front().columns, sources.front().rows, options);
    raster::CacheLimits limits{.bytes = static_cast<std::size_t>(number("cache")) << 20};
    if (number("connections") > 0) {
        limits.remoteThreads = number("connections");
    }
    const auto gdalCache = GDALGetCacheMax64();
    std::vector<double> ratios;
    std::vector<double> plain;
    std::vector<double> shared;
    raster::ReadStatistics statistics;
    for (int round = 0; round < number("rounds"); ++round) {
        Result reference;
        if (number("reference") == 1) {
            forget(paths, number("cold") == 1);
            GDALSetCacheMax64(static_cast<GIntBig>(number("plain-cache")) << 20);
            reference = plainLoop(sources, windows, picture);
            GDALSetCacheMax64(gdalCache);
        }
        forget(paths, number("cold") == 1);
        const Result reader = sharedReader(sources, windows, picture, limits, statistics);
        // A smaller picture is averaged by the reader, and not by GDAL.
        if (number("reference") == 1 && picture == 0 && reader.sum != reference.sum) {
            throw Error("The reader gives other pixels than GDAL.");
        }
        if (!options.at("sweep").empty() && statistics.bytesDecoded > static_cast<std::uint64_t>(bytes)) {
            throw Error("In a sweep a block was decoded twice.");
        }
        plain.push_back(reference.seconds);
        shared.push_back(reader.seconds);
        ratios.push_back(reference.seconds / reader.seconds);
        std::printf(
            "  plain %.2f s (first window %.2f s, processor %.2f s), reader %.2f s (first %.2f s, "
            "processor %.2f s), ratio %.2f; %llu blocks, %.0f of %.0f MB decoded, cache at most %.0f MiB\n",
            reference.seconds, reference.first, reference.processor, reader.seconds, reader.first,
            reader.processor, ratios.back(), static_cast<unsigned long long>(statistics.blocksDecoded),
            1e-6 * static_cast<double>(statistics.bytesDecoded), 1e-6 * static_cast<double>(bytes),
            static_cast<double>(statistics.mostBytes) / (1 << 20));
        std::fflush(stdout);
    }
    std::printf("%zu windows: plain %.2f s, reader %.2f s, ratio %.2f (medians)\n", windows.size(),
                median(plain), median(shared), median(ratios));
}

} // namespace

int main(int count, char** words) {
    try {
        const int files = firstOption(count, words);
        if (files < 2) {
            throw Error("raster_reading FILE… [options]");
        }
        measure({words + 1, words + files}, readOptions(count, words));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
