// SPDX-License-Identifier: GPL-3.0-or-later
// What the queue of a whole inventory costs after a prediction: the evidence of each glacier and the order of
// all, then of one glacier after an edit; beside a plain loop that only reads the confidence raster, and
// beside asking the raster glacier by glacier (of every 50th), in one run.
//
//     queue_cost inventory.gpkg confidence.tif [EPSG:32632]
//
// Prints seconds that the processor worked, those that passed, and the ratio of the first to the plain loop.
// Makes confidence.tif and quality.tif where they are not there: 10,980 × 10,980 pixels over the inventory,
// unsure along its lines.
#include "base/error.h"
#include "exchange/outline_files.h"
#include "prediction/outline_confidence.h"
#include "prediction/quality.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"
#include "review/agreement.h"
#include "review/ground_measures.h"
#include "review/pixel_bits.h"
#include "review/review_queue.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <limits>
#include <random>
#include <vector>

namespace {

using namespace nunatak;

constexpr int side = 10'980;

/// Seconds that the processor worked on it, all threads together, and those that passed.
struct Time {
    double worked = 0;
    double passed = 0;
};

Time seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t clock = std::clock();
    work();
    return {static_cast<double>(std::clock() - clock) / CLOCKS_PER_SEC,
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

void makeConfidence(const std::filesystem::path& file, const outlines::OutlineSet& set, const geo::Crs& crs) {
    const auto extent = set.extent().grown(500);
    const double pixel = std::ceil(std::max(extent.width(), extent.height()) / side);
    raster::RasterLayout layout;
    layout.grid = {crs, extent.xmin, extent.ymax, pixel, side, side};
    layout.bandNames = {"confidence"};
    layout.noData = std::numeric_limits<double>::quiet_NaN();
    layout.metadata = {{"NUNATAK_CONFIDENCE", "calibrated"}};
    review::PixelBits ice(side, side);
    for (const auto& outline : set.all()) {
        auto shape = outline->geometry;
        for (auto& polygon : shape) {
            const auto toPixels = [&](geo::Ring& ring) {
                for (auto& point : ring) {
                    point = layout.grid.toPixel(point);
                }
            };
            toPixels(polygon.outer);
            std::for_each(polygon.holes.begin(), polygon.holes.end(), toPixels);
        }
        for (const auto& run : review::runsOf(shape, side, side)) {
            ice.fill(run.row, run.begin, run.end);
        }
    }
    raster::RasterWriter writer(file, layout);
    raster::RasterLayout flagged = layout;
    flagged.bandNames = {"flags", "missing_features"};
    flagged.noData.reset();
    flagged.type = raster::PixelType::UInt8;
    flagged.isClasses = true;
    raster::RasterWriter flags(file.parent_path() / "quality.tif", flagged);
    std::mt19937 random(1);
    std::uniform_real_distribution<float> noise(0, 0.03F);
    constexpr int strip = 256;
    for (int first = 0; first < side; first += strip) {
        Image<float> rows(1, std::min(strip, side - first), side);
        Image<float> flag(2, rows.rows(), side);
        for (int row = 0; row < rows.rows(); ++row) {
            for (int column = 0; column < side; ++column) {
                const int r = first + row;
                int near = 0;
                for (const int off : {-2, -1, 1, 2}) {
                    near += ice.at(std::clamp(r + off, 0, side - 1), column) ? 1 : 0;
                    near += ice.at(r, std::clamp(column + off, 0, side - 1)) ? 1 : 0;
                }
                const bool isEdge = near != 0 && near != 8;
                rows.at(0, row, column) = (isEdge ? 0.5F : 0.97F) + noise(random);
                flag.at(0, row, column) = isEdge ? prediction::quality::lowConfidence : 0;
            }
        }
        writer.write(rows, 0, first);
        flags.write(flag, 0, first);
    }
    writer.finish();
    flags.finish();
}

void print(const char* what, const Time& time, const Time& plain, double times = 1) {
    std::printf("%-58s %8.3f s %8.3f s %7.2f\n", what, times * time.worked, times * time.passed,
                times * time.worked / plain.worked);
    std::fflush(stdout);
}

void measure(const std::filesystem::path& inventory, const std::filesystem::path& file, const geo::Crs& crs) {
    outlines::OutlineSet set;
    outlines::OutlineSet expert;
    for (auto& outline : exchange::readOutlines(inventory, crs).outlines) {
        auto other = outline;
        for (auto& polygon : other.geometry) {
            for (auto& point : polygon.outer) {
                point.x += 60;
            }
        }
        expert.put(outlines::share(std::move(other)));
        set.put(outlines::share(std::move(outline)));
    }
    const auto all = set.all();
    if (!std::filesystem::exists(file)) {
        makeConfidence(file, set, crs);
    }
    const Time plain = seconds([&] {
        const raster::RasterReader reader(file.string());
        for (int row = 0; row < side; row += 512) {
            const int rows = std::min(512, side - row);
            reader.readWindow(std::array{1}, {0, row, side, rows}, side, rows);
        }
    });
    print("plain loop that reads the raster, one thread", plain, plain);

    std::vector<review::LayerEvidence::Measured> measured;
    std::vector<std::optional<review::ConfidenceBand>> bands;
    const Time banded = seconds([&] { bands = review::confidenceBands({file, crs, all, set}, {}); });
    print("bands of all, from the flags of a calibrated confidence", banded, plain);
    const auto flags = file.parent_path() / "quality.tif";
    const auto aside = file.parent_path() / "aside.tif";
    std::filesystem::rename(flags, aside);
    const Time slowly = seconds([&] { review::confidenceBands({file, crs, all, set}, {}); });
    std::filesystem::rename(aside, flags);
    print("bands of all, from the confidence", slowly, plain);
    std::vector<review::Agreement> agreements;
    const Time agreed = seconds([&] { agreements = review::agreementsWith(expert, all, set, 20, {}); });
    print("difference from an expert's layer of as many", agreed, plain);
    review::LayerEvidence evidence("inventory");
    const Time sorted = seconds([&] {
        review::GroundMeasures ground(crs);
        for (std::size_t i = 0; i < all.size(); ++i) {
            review::Evidence found;
            found.area = ground.area(*all[i]);
            found.band = bands[i];
            found.difference = agreements[i].difference;
            measured.push_back({all[i], found});
        }
        evidence.take(measured, set);
    });
    std::size_t entries = 0;
    const Time queued = seconds([&] { entries = review::ReviewQueue(all, evidence).entries().size(); });
    print("areas, and taking it all", sorted, plain);
    print("the queue itself", queued, plain);
    print("all of it",
          {banded.worked + agreed.worked + sorted.worked + queued.worked,
           banded.passed + agreed.passed + sorted.passed + queued.passed},
          plain);
    const Time again = seconds([&] {
        for (std::size_t i = 0; i < all.size(); i += all.size() / 20) {
            review::confidenceBands({file, crs, {all[i]}, set}, {});
            review::agreementsWith(expert, {all[i]}, set, 20, {});
        }
    });
    print("one glacier after an edit (mean of 20)", again, plain, 0.05);
    const Time each = seconds([&] {
        for (std::size_t i = 0; i < all.size(); i += 50) {
            prediction::confidenceWithin(file, all[i]->geometry, crs, 0.95, {});
        }
    });
    print("glacier by glacier, shares alone (50 times every 50th)", each, plain, 50);
    std::printf("%zu glaciers, %zu in the queue\n", all.size(), entries);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: queue_cost inventory.gpkg confidence.tif [EPSG:32632]\n");
        return 2;
    }
    try {
        measure(argv[1], argv[2], geo::Crs::fromUserInput(argc > 3 ? argv[3] : "EPSG:32632"));
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
