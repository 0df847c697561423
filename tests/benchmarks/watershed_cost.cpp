// SPDX-License-Identifier: GPL-3.0-or-later
// What the watersheds of a whole elevation model cost: a fractal surface, all of it ice. Prints seconds (on
// the clock and of processors) and the memory it took at most, and what putting basins together costs after
// it.
//
//   watershed_cost [SIZE] [FOLDER]
//
// Writes the heights (dem.raw) and basins (basins.raw) for another program to be compared with
// (tests/external/watersheds.sh), where a folder is named.
#include "divides/basins.h"
#include "divides/merge_basins.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <set>
#include <string>

namespace {

using namespace nunatak;

/// Between 0 and 1, the same for the same place (SplitMix64's mixing).
double noise(int x, int y, int octave) {
    std::uint64_t mixed = (static_cast<std::uint64_t>(x) << 40U) ^ (static_cast<std::uint64_t>(y) << 16U) ^
                          static_cast<std::uint64_t>(octave);
    mixed += 0x9e3779b97f4a7c15ULL;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    mixed ^= mixed >> 31U;
    return static_cast<double>(mixed >> 11U) / 9007199254740992.0;
}

double smooth(double share) {
    return share * share * (3 - 2 * share);
}

/// Relief of 1,500 m over 4,096 pixels that halves with each octave.
Image<float> fractalHeights(int size) {
    Image<float> heights(1, size, size, 1000.0F);
    int octave = 0;
    double relief = 1500;
    for (int period = 4096; period >= 2; period /= 2, relief /= 2, ++octave) {
        for (int row = 0; row < size; ++row) {
            const int y = row / period;
            const double down = smooth(static_cast<double>(row % period) / period);
            double left = 0;
            double right = 0;
            for (int column = 0; column < size; ++column) {
                const int x = column / period;
                if (column % period == 0) {
                    const auto side = [&](int at) {
                        return noise(at, y, octave) * (1 - down) + noise(at, y + 1, octave) * down;
                    };
                    left = side(x);
                    right = side(x + 1);
                }
                const double along = smooth(static_cast<double>(column % period) / period);
                heights.at(0, row, column) +=
                    static_cast<float>(relief * (left * (1 - along) + right * along));
            }
        }
    }
    return heights;
}

double seconds(const std::chrono::steady_clock::time_point& since) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

/// The most memory that was held since forgetPeak(), GiB.
double peak() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word == "VmHWM:") {
            double kib = 0;
            status >> kib;
            return kib / (1024 * 1024);
        }
    }
    return 0;
}
void forgetPeak() {
    std::ofstream("/proc/self/clear_refs") << "5";
}

/// As ENVI has it, which GDAL reads.
template <typename T>
void write(const std::string& folder, const char* name, const Image<T>& image, int type) {
    std::ofstream raw(folder + "/" + name + ".raw", std::ios::binary);
    raw.write(reinterpret_cast<const char*>(image.values().data()),
              static_cast<std::streamsize>(image.values().size() * sizeof(T)));
    std::ofstream(folder + "/" + name + ".hdr")
        << "ENVI\nsamples = " << image.columns() << "\nlines = " << image.rows()
        << "\nbands = 1\nheader offset = 0\nfile type = ENVI Standard\ndata type = " << type
        << "\ninterleave = bsq\nbyte order = 0\nmap info = {UTM, 1, 1, 500000, 5200000, 10, 10, 32, North, "
           "WGS-84}\n";
}

} // namespace

int main(int argc, char** argv) {
    const int size = argc > 1 ? std::atoi(argv[1]) : 10980;
    if (size < 16) {
        std::fprintf(stderr, "watershed_cost [SIZE] [FOLDER]\n");
        return 1;
    }
    divides::Surface surface{fractalHeights(size), Image<std::uint8_t>(1, size, size, divides::Ice)};
    forgetPeak();
    auto start = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    const auto basins = divides::basinsOf(surface);
    std::printf("%d x %d pixels: %zu basins, %zu saddles in %.1f s, %.1f s of processors, %.2f GiB at most\n",
                size, size, basins.basins.size(), basins.saddles.size(), seconds(start),
                static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, peak());
    start = std::chrono::steady_clock::now();
    const auto glacierOf = divides::mergeBasins(basins, {1e6, 100}, 100);
    std::printf("put together to %zu in %.1f ms\n",
                std::set<std::int32_t>(glacierOf.begin(), glacierOf.end()).size(), 1000 * seconds(start));
    if (argc > 2) {
        write(argv[2], "dem", surface.heights, 4);
        write(argv[2], "basins", basins.labels, 3);
    }
    return 0;
}
