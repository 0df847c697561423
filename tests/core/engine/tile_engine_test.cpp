// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "engine/tile_engine.h"
#include "support/plain_test.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <set>
#include <thread>

using namespace nunatak;
using namespace nunatak::engine;

namespace {

using Tiles = std::vector<std::map<std::string, Image<float>>>;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

/// Gives each pixel a value of its own, 0 beyond the scene, and counts what it is asked for.
class CountingSource : public TileSource {
public:
    CountingSource(int columns, int rows) : m_columns(columns), m_rows(rows) {}

    std::map<std::string, Image<float>> read(const Window& window, std::stop_token) override {
        Image<float> pixels(1, window.rows, window.columns);
        for (int row = 0; row < window.rows; ++row) {
            for (int column = 0; column < window.columns; ++column) {
                pixels.at(0, row, column) = valueAt(window.column + column, window.row + row);
            }
        }
        windows.push_back(window);
        {
            const std::lock_guard lock(m_mutex);
            ++m_count;
        }
        m_changed.notify_all();
        return {{"optical", std::move(pixels)}};
    }

    float valueAt(int column, int row) const {
        const bool inside = column >= 0 && column < m_columns && row >= 0 && row < m_rows;
        return inside ? 0.25F + 0.5F * static_cast<float>(column) / static_cast<float>(m_columns) +
                            0.2F * static_cast<float>(row) / static_cast<float>(m_rows)
                      : 0.0F;
    }
    /// False when so many tiles have not been read within some seconds.
    bool waitForTiles(int count) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20), [&] { return m_count >= count; });
    }
    int count() {
        const std::lock_guard lock(m_mutex);
        return m_count;
    }

    std::vector<Window> windows; ///< touched by the reader thread; look at it when that has ended

private:
    int m_columns;
    int m_rows;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_count = 0;
};

class CollectingSink : public RowSink {
public:
    CollectingSink(int columns, int rows) : probability(1, rows, columns, -1.0F) {}

    void write(int firstRow, const Image<float>& rows) override {
        inOrder = inOrder && firstRow == nextRow && rows.columns() == probability.columns();
        largestPiece = std::max(largestPiece, rows.rows());
        for (int row = 0; row < rows.rows(); ++row) {
            std::copy_n(rows.row(0, row), rows.columns(), probability.row(0, firstRow + row));
        }
        nextRow = firstRow + rows.rows();
    }

    Image<float> probability;
    bool inOrder = true;
    int nextRow = 0;
    int largestPiece = 0;
};

using OneTile = std::function<Image<float>(const Image<float>&)>;

/// Answers at once on the calling thread.
TilePredictor immediate(OneTile predict) {
    return [predict](Tiles tiles, std::stop_token) {
        std::vector<Image<float>> answers;
        for (const auto& tile : tiles) {
            answers.push_back(predict(tile.at("optical")));
        }
        std::promise<std::vector<Image<float>>> promise;
        promise.set_value(std::move(answers));
        return promise.get_future();
    };
}

/// Answers later, from a thread of its own.
TilePredictor later(OneTile predict) {
    return [predict](Tiles tiles, std::stop_token) {
        return std::async(std::launch::async, [predict, tiles = std::move(tiles)] {
            std::vector<Image<float>> answers;
            for (const auto& tile : tiles) {
                answers.push_back(predict(tile.at("optical")));
            }
            return answers;
        });
    };
}

Image<float> unchanged(const Image<float>& tile) {
    return tile;
}

/// Depends on where in the tile a pixel lies, as a network's answer does near the edges of its tile.
Image<float> edgy(const Image<float>& tile) {
    Image<float> answer = tile;
    for (int row = 0; row < tile.rows(); ++row) {
        for (int column = 0; column < tile.columns(); ++column) {
            answer.at(0, row, column) += 0.01F * static_cast<float>(row) - 0.02F * static_cast<float>(column);
        }
    }
    return answer;
}

TilingOptions tiling(int tile, double overlap = 0.5, int batch = 4) {
    TilingOptions options;
    options.tile = tile;
    options.overlap = overlap;
    options.batch = batch;
    return options;
}

void everySizeIsPaddedAsPublished() {
    struct Case {
        int size;
        int tile;
        int padded;
        int before;
    };
    constexpr std::array<Case, 9> cases{{{1, 64, 64, 31},
                                         {63, 64, 64, 0},
                                         {64, 64, 128, 32},
                                         {65, 64, 128, 31},
                                         {127, 64, 128, 0},
                                         {128, 64, 192, 32},
                                         {383, 384, 384, 0},
                                         {384, 384, 768, 192},
                                         {768, 384, 1152, 192}}};
    for (const auto& example : cases) {
        const auto windows = tileWindows(example.size, example.size, tiling(example.tile));
        NUNATAK_CHECK_EQUAL(windows.front().column, -example.before);
        NUNATAK_CHECK_EQUAL(windows.front().row, -example.before);
        NUNATAK_CHECK_EQUAL(windows.back().column + example.tile, example.padded - example.before);
        const int perSide = (example.padded - example.tile) / (example.tile / 2) + 1;
        NUNATAK_CHECK_EQUAL(static_cast<int>(windows.size()), perSide * perSide);
    }
}

void everyPixelIsCoveredWhateverTheOverlap() {
    for (const double overlap : {0.0, 0.1, 0.3, 0.5, 0.75, 0.9, 0.99}) {
        for (const int size : {7, 16, 37, 48}) {
            std::set<std::pair<int, int>> covered;
            for (const auto& window : tileWindows(size, 5, tiling(16, overlap))) {
                for (int row = window.row; row < window.row + window.rows; ++row) {
                    for (int column = window.column; column < window.column + window.columns; ++column) {
                        if (column >= 0 && column < size && row >= 0 && row < 5) {
                            covered.insert({row, column});
                        }
                    }
                }
            }
            NUNATAK_CHECK_EQUAL(static_cast<int>(covered.size()), size * 5);
        }
    }
}

void theKernelIsTheGaussianOfThePaper() {
    const auto kernel = blendingKernel(5);    // coordinates −1, −0.5, 0, 0.5, 1
    const double factor = 1.2533141373155003; // 1 / sqrt(2 / pi)
    NUNATAK_CHECK_NEAR(kernel.at(0, 2, 2), factor, 1e-15);
    NUNATAK_CHECK_NEAR(kernel.at(0, 0, 0), factor * std::exp(-1.0), 1e-15);
    NUNATAK_CHECK_NEAR(kernel.at(0, 2, 4), factor * std::exp(-0.5), 1e-15);
    NUNATAK_CHECK_NEAR(kernel.at(0, 3, 2), factor * std::exp(-0.125), 1e-15);
}

void aConstantAnswerStaysThatConstantEverywhere() {
    CountingSource source(75, 50);
    CollectingSink sink(75, 50);
    predictTiles(75, 50, tiling(16), source, later([](const Image<float>& tile) {
                     return Image<float>(1, tile.rows(), tile.columns(), 0.375F);
                 }),
                 sink, {});
    for (const float value : sink.probability.values()) {
        NUNATAK_CHECK_EQUAL(value, 0.375F);
    }
}

void tilesAreBlendedByTheirWeights() {
    constexpr int columns = 45;
    constexpr int rows = 38;
    for (const double overlap : {0.0, 0.5, 0.7}) {
        const auto options = tiling(16, overlap, 3);
        CountingSource source(columns, rows);
        CollectingSink sink(columns, rows);
        predictTiles(columns, rows, options, source, later(edgy), sink, {});
        // The same sum in the plain way: all windows, all pixels, no band.
        const auto kernel = blendingKernel(16);
        Image<double> sums(1, rows, columns);
        Image<double> weights(1, rows, columns);
        CountingSource again(columns, rows);
        for (const auto& window : tileWindows(columns, rows, options)) {
            const auto answer = edgy(again.read(window, {}).at("optical"));
            for (int row = 0; row < 16; ++row) {
                for (int column = 0; column < 16; ++column) {
                    const int r = window.row + row;
                    const int c = window.column + column;
                    if (r >= 0 && r < rows && c >= 0 && c < columns) {
                        sums.at(0, r, c) +=
                            kernel.at(0, row, column) * static_cast<double>(answer.at(0, row, column));
                        weights.at(0, r, c) += kernel.at(0, row, column);
                    }
                }
            }
        }
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                NUNATAK_CHECK_NEAR(static_cast<double>(sink.probability.at(0, row, column)),
                                   sums.at(0, row, column) / weights.at(0, row, column), 1e-6);
            }
        }
    }
}

void rowsArriveOnceFromNorthToSouthInSmallPieces() {
    CountingSource source(40, 203);
    CollectingSink sink(40, 203);
    predictTiles(40, 203, tiling(16), source, immediate(unchanged), sink, {});
    NUNATAK_CHECK(sink.inOrder);
    NUNATAK_CHECK_EQUAL(sink.nextRow, 203);
    NUNATAK_CHECK(sink.largestPiece <= 16);
}

void tilesAreReadOnceInOrderAndGoInBatchesOfOneRowOfTiles() {
    CountingSource source(60, 44);
    CollectingSink sink(60, 44);
    std::vector<std::size_t> batches;
    const auto predict = immediate(unchanged);
    predictTiles(60, 44, tiling(16, 0.5, 5), source,
                 [&](Tiles tiles, std::stop_token stop) {
                     batches.push_back(tiles.size());
                     return predict(std::move(tiles), std::move(stop));
                 },
                 sink, {});
    NUNATAK_CHECK(source.windows == tileWindows(60, 44, tiling(16)));
    // The padded scene is 64 × 48: 5 rows of 7 tiles.
    NUNATAK_CHECK(batches == std::vector<std::size_t>({5, 2, 5, 2, 5, 2, 5, 2, 5, 2}));
}

void theBatchSizeDoesNotChangeTheResult() {
    std::vector<float> first;
    for (const int batch : {1, 2, 7, 100}) {
        CountingSource source(53, 47);
        CollectingSink sink(53, 47);
        predictTiles(53, 47, tiling(16, 0.5, batch), source, later(edgy), sink, {});
        if (first.empty()) {
            first = sink.probability.values();
        }
        NUNATAK_CHECK(sink.probability.values() == first);
    }
}

void aPixelThatATileLeavesOutIsLeftToTheOthers() {
    CountingSource source(64, 64);
    CollectingSink sink(64, 64);
    // No tile answers for its western half, and none for the scene's pixels under 0.3.
    predictTiles(64, 64, tiling(16), source, immediate([](const Image<float>& tile) {
                     Image<float> answer(1, tile.rows(), tile.columns(), 0.75F);
                     for (int row = 0; row < tile.rows(); ++row) {
                         for (int column = 0; column < tile.columns(); ++column) {
                             if (column < tile.columns() / 2 || tile.at(0, row, column) < 0.3F) {
                                 answer.at(0, row, column) = nan;
                             }
                         }
                     }
                     return answer;
                 }),
                 sink, {});
    for (int row = 0; row < 64; ++row) {
        for (int column = 8; column < 64; ++column) {
            const float value = sink.probability.at(0, row, column);
            if (source.valueAt(column, row) < 0.3F) {
                NUNATAK_CHECK(std::isnan(value));
            } else {
                NUNATAK_CHECK_EQUAL(value, 0.75F);
            }
        }
    }
}

void whatIsNotWantedIsNeitherReadNorPredicted() {
    CountingSource source(100, 100);
    CollectingSink sink(100, 100);
    auto options = tiling(16);
    // The tiles of the padded scene start at −6, 2, 10, …: these four cover rows and columns 34 to 58.
    options.wanted = [](const Window& window) {
        return window.row >= 34 && window.row <= 42 && window.column >= 34 && window.column <= 42;
    };
    predictTiles(100, 100, options, source, immediate(unchanged), sink, {});
    NUNATAK_CHECK_EQUAL(source.count(), 4);
    NUNATAK_CHECK(sink.inOrder);
    NUNATAK_CHECK_EQUAL(sink.nextRow, 100);
    for (int row = 0; row < 100; ++row) {
        for (int column = 0; column < 100; ++column) {
            const bool inside = row >= 34 && row < 58 && column >= 34 && column < 58;
            NUNATAK_CHECK_EQUAL(std::isnan(sink.probability.at(0, row, column)), !inside);
        }
    }
}

void nothingWantedGivesRowsWithoutPrediction() {
    CountingSource source(30, 40);
    CollectingSink sink(30, 40);
    auto options = tiling(16);
    options.wanted = [](const Window&) { return false; };
    predictTiles(30, 40, options, source, immediate(unchanged), sink, {});
    NUNATAK_CHECK_EQUAL(sink.nextRow, 40);
    NUNATAK_CHECK(std::all_of(sink.probability.values().begin(), sink.probability.values().end(),
                              [](float value) { return std::isnan(value); }));
}

void readingGoesOnWhileTheNetworkComputes() {
    CountingSource source(100, 100);
    CollectingSink sink(100, 100);
    std::atomic<bool> readAhead = true;
    std::atomic<int> first = 0;
    // The first answer waits until the tiles of two more batches have been read: without reading ahead it
    // never comes.
    predictTiles(100, 100, tiling(16, 0.5, 2), source,
                 [&](Tiles tiles, std::stop_token) {
                     return std::async(std::launch::async, [&, tiles = std::move(tiles)] {
                         if (first++ == 0) {
                             readAhead = source.waitForTiles(6);
                         }
                         return std::vector<Image<float>>(tiles.size(), Image<float>(1, 16, 16));
                     });
                 },
                 sink, {});
    NUNATAK_CHECK(readAhead);
}

void memoryStaysBoundedSinceTheReaderWaitsForASlowNetwork() {
    CountingSource source(400, 400);
    CollectingSink sink(400, 400);
    std::atomic<int> answered = 0;
    std::atomic<int> mostAhead = 0;
    predictTiles(400, 400, tiling(16, 0.5, 2), source,
                 [&](Tiles tiles, std::stop_token) {
                     return std::async(std::launch::async, [&, tiles = std::move(tiles)] {
                         const int ahead = source.count() - answered;
                         mostAhead = std::max(mostAhead.load(), ahead);
                         answered += static_cast<int>(tiles.size());
                         return std::vector<Image<float>>(tiles.size(), Image<float>(1, 16, 16));
                     });
                 },
                 sink, {});
    // Two batches at the network, one ready, one being read.
    NUNATAK_CHECK(mostAhead <= 8);
}

void eachTileIsShownAsItFinishes() {
    CountingSource source(40, 40);
    CollectingSink sink(40, 40);
    auto options = tiling(16);
    std::vector<Window> shown;
    options.onTile = [&](const Window& window, const Image<float>& tile) {
        shown.push_back(window);
        NUNATAK_CHECK_EQUAL(tile.rows(), 16);
    };
    predictTiles(40, 40, options, source, later(unchanged), sink, {});
    NUNATAK_CHECK(shown == tileWindows(40, 40, tiling(16)));
}

void progressGrowsToTheEnd() {
    CountingSource source(60, 60);
    CollectingSink sink(60, 60);
    std::vector<double> fractions;
    const Progress progress([&](double fraction, std::string_view) { fractions.push_back(fraction); }, {});
    predictTiles(60, 60, tiling(16), source, immediate(unchanged), sink, progress);
    NUNATAK_CHECK(std::is_sorted(fractions.begin(), fractions.end()));
    NUNATAK_CHECK(fractions.size() > 5);
    NUNATAK_CHECK_EQUAL(fractions.back(), 1.0);
}

void cancellingEndsWithinABatch() {
    CountingSource source(300, 300);
    CollectingSink sink(300, 300);
    std::stop_source user;
    std::atomic<int> submitted = 0;
    std::atomic<int> running = 0;
    const auto predictor = [&](Tiles tiles, std::stop_token) {
        ++submitted;
        ++running;
        return std::async(std::launch::async, [&, tiles = std::move(tiles)] {
            user.request_stop(); // the user stops while this batch is being computed
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            --running;
            return std::vector<Image<float>>(tiles.size(), Image<float>(1, 16, 16));
        });
    };
    NUNATAK_CHECK_THROWS(
        Cancelled, "cancelled",
        predictTiles(300, 300, tiling(16), source, predictor, sink, Progress({}, user.get_token())));
    NUNATAK_CHECK_EQUAL(running.load(), 0);
    NUNATAK_CHECK(submitted <= 2);
    const int read = source.count();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    NUNATAK_CHECK_EQUAL(source.count(), read); // the reader has ended too
    NUNATAK_CHECK(sink.nextRow < 300);
}

void aStopReachesNetworkAndSource() {
    struct WaitingSource : TileSource {
        std::map<std::string, Image<float>> read(const Window&, std::stop_token stop) override {
            std::mutex mutex;
            std::condition_variable_any condition;
            std::unique_lock lock(mutex);
            condition.wait(lock, stop, [] { return false; }); // as a read from a lost server would
            throw Cancelled();
        }
    };
    WaitingSource source;
    CollectingSink sink(30, 30);
    std::stop_source user;
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        user.request_stop();
    });
    NUNATAK_CHECK_THROWS(
        Cancelled, "cancelled",
        predictTiles(30, 30, tiling(16), source, immediate(unchanged), sink, Progress({}, user.get_token())));
    stopper.join();
}

void anErrorOfTheSourceReachesTheCaller() {
    struct FailingSource : CountingSource {
        using CountingSource::CountingSource;
        std::map<std::string, Image<float>> read(const Window& window, std::stop_token stop) override {
            if (window.row > 10) {
                throw Error("optical.tif is truncated");
            }
            return CountingSource::read(window, std::move(stop));
        }
    };
    FailingSource source(60, 60);
    CollectingSink sink(60, 60);
    NUNATAK_CHECK_THROWS(Error, "optical.tif is truncated",
                         predictTiles(60, 60, tiling(16), source, later(unchanged), sink, {}));
}

void anErrorOfTheNetworkReachesTheCaller() {
    for (const bool atOnce : {true, false}) {
        CountingSource source(200, 200);
        CollectingSink sink(200, 200);
        std::atomic<int> count = 0;
        std::atomic<int> running = 0;
        const auto predictor = [&](Tiles tiles, std::stop_token) {
            if (++count == 3 && atOnce) {
                throw Error("out of memory");
            }
            ++running;
            return std::async(std::launch::async,
                              [&, atOnce, number = count.load(), tiles = std::move(tiles)] {
                                  std::this_thread::sleep_for(std::chrono::milliseconds(5));
                                  --running;
                                  if (number == 3 && !atOnce) {
                                      throw Error("out of memory");
                                  }
                                  return std::vector<Image<float>>(tiles.size(), Image<float>(1, 16, 16));
                              });
        };
        NUNATAK_CHECK_THROWS(Error, "out of memory",
                             predictTiles(200, 200, tiling(16), source, predictor, sink, {}));
        NUNATAK_CHECK_EQUAL(running.load(), 0);
    }
}

void anErrorOfTheSinkReachesTheCaller() {
    struct FullDisk : RowSink {
        void write(int firstRow, const Image<float>&) override {
            if (firstRow > 20) {
                throw Error("the disk is full");
            }
        }
    };
    CountingSource source(200, 200);
    FullDisk sink;
    NUNATAK_CHECK_THROWS(Error, "the disk is full",
                         predictTiles(200, 200, tiling(16), source, later(unchanged), sink, {}));
}

void aNetworkThatAnswersInAnotherSizeIsRefused() {
    CountingSource source(40, 40);
    CollectingSink sink(40, 40);
    const auto smaller = immediate([](const Image<float>&) { return Image<float>(1, 8, 8); });
    NUNATAK_CHECK_THROWS(Error, "another size", predictTiles(40, 40, tiling(16), source, smaller, sink, {}));
    const TilePredictor fewer = [](Tiles, std::stop_token) {
        std::promise<std::vector<Image<float>>> promise;
        promise.set_value({Image<float>(1, 16, 16)});
        return promise.get_future();
    };
    NUNATAK_CHECK_THROWS(Error, "answered 4 tiles",
                         predictTiles(40, 40, tiling(16), source, fewer, sink, {}));
}

void optionsThatCannotBeAreRefused() {
    NUNATAK_CHECK_THROWS(Error, "no pixels", tileWindows(0, 10, tiling(16)));
    NUNATAK_CHECK_THROWS(Error, "at least 1", tileWindows(10, 10, tiling(0)));
    NUNATAK_CHECK_THROWS(Error, "at least 1", tileWindows(10, 10, tiling(16, 0.5, 0)));
    NUNATAK_CHECK_THROWS(Error, "overlap", tileWindows(10, 10, tiling(16, 1.0)));
    NUNATAK_CHECK_THROWS(Error, "overlap", tileWindows(10, 10, tiling(16, std::nan(""))));
    NUNATAK_CHECK_THROWS(Error, "too large", tileWindows(std::numeric_limits<int>::max(), 10, tiling(64)));
}

} // namespace

namespace nunatak::tests {

std::vector<PlainTest> plainTests() {
    return {
        NUNATAK_PLAIN_TEST(everySizeIsPaddedAsPublished),
        NUNATAK_PLAIN_TEST(everyPixelIsCoveredWhateverTheOverlap),
        NUNATAK_PLAIN_TEST(theKernelIsTheGaussianOfThePaper),
        NUNATAK_PLAIN_TEST(aConstantAnswerStaysThatConstantEverywhere),
        NUNATAK_PLAIN_TEST(tilesAreBlendedByTheirWeights),
        NUNATAK_PLAIN_TEST(rowsArriveOnceFromNorthToSouthInSmallPieces),
        NUNATAK_PLAIN_TEST(tilesAreReadOnceInOrderAndGoInBatchesOfOneRowOfTiles),
        NUNATAK_PLAIN_TEST(theBatchSizeDoesNotChangeTheResult),
        NUNATAK_PLAIN_TEST(aPixelThatATileLeavesOutIsLeftToTheOthers),
        NUNATAK_PLAIN_TEST(whatIsNotWantedIsNeitherReadNorPredicted),
        NUNATAK_PLAIN_TEST(nothingWantedGivesRowsWithoutPrediction),
        NUNATAK_PLAIN_TEST(readingGoesOnWhileTheNetworkComputes),
        NUNATAK_PLAIN_TEST(memoryStaysBoundedSinceTheReaderWaitsForASlowNetwork),
        NUNATAK_PLAIN_TEST(eachTileIsShownAsItFinishes),
        NUNATAK_PLAIN_TEST(progressGrowsToTheEnd),
        NUNATAK_PLAIN_TEST(cancellingEndsWithinABatch),
        NUNATAK_PLAIN_TEST(aStopReachesNetworkAndSource),
        NUNATAK_PLAIN_TEST(anErrorOfTheSourceReachesTheCaller),
        NUNATAK_PLAIN_TEST(anErrorOfTheNetworkReachesTheCaller),
        NUNATAK_PLAIN_TEST(anErrorOfTheSinkReachesTheCaller),
        NUNATAK_PLAIN_TEST(aNetworkThatAnswersInAnotherSizeIsRefused),
        NUNATAK_PLAIN_TEST(optionsThatCannotBeAreRefused),
    };
}

} // namespace nunatak::tests
