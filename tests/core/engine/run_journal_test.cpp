// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that go on where they were interrupted.
#include "base/error.h"
#include "engine/run_journal.h"
#include "support/plain_test.h"

#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <set>

using namespace nunatak;
using namespace nunatak::engine;

namespace {

using Tiles = std::vector<std::map<std::string, Image<float>>>;
using Files = std::map<std::string, std::string>;

constexpr int columns = 75;
constexpr int rows = 90;

/// Keeps everything in memory, and each state in which a crash could have left it.
class MemoryStorage : public RunStorage {
public:
    void put(const std::string& name, const std::vector<std::string_view>& pieces) override {
        std::string bytes;
        for (const auto piece : pieces) {
            bytes += piece;
        }
        files[name] = bytes;
        states.push_back(files);
    }
    std::optional<std::string> get(const std::string& name) const override {
        const auto found = files.find(name);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    }
    std::string place() const override { return "memory"; }

    Files files;
    std::vector<Files> states;
};

float valueAt(int column, int row) {
    return 0.5F +
           0.4F * std::sin(static_cast<float>(column) * 0.31F) * std::cos(static_cast<float>(row) * 0.17F);
}

/// Counts which rows of tiles are read; callable from several threads.
class WavySource : public TileSource {
public:
    std::map<std::string, Image<float>> read(const Window& window, std::stop_token) override {
        Image<float> pixels(1, window.rows, window.columns);
        for (int row = 0; row < window.rows; ++row) {
            for (int column = 0; column < window.columns; ++column) {
                const int r = window.row + row;
                const int c = window.column + column;
                pixels.at(0, row, column) =
                    r >= 0 && r < rows && c >= 0 && c < columns ? valueAt(c, r) : 0.0F;
            }
        }
        const std::lock_guard lock(m_mutex);
        tileRows.insert(window.row);
        ++tiles;
        return {{"optical", std::move(pixels)}};
    }
    std::set<int> tileRows;
    int tiles = 0;

private:
    std::mutex m_mutex;
};

/// Two bands: a value that differs from tile to tile at its edges, and what shows how many tiles a batch had.
TilePredictor predictor(std::function<void()> onBatch = {}) {
    return [onBatch](Tiles tiles, std::stop_token) {
        return std::async(std::launch::async, [onBatch, tiles = std::move(tiles)] {
            if (onBatch) {
                onBatch();
            }
            std::vector<Image<float>> answers;
            for (const auto& tile : tiles) {
                const auto& pixels = tile.at("optical");
                Image<float> answer(2, pixels.rows(), pixels.columns());
                for (int row = 0; row < pixels.rows(); ++row) {
                    for (int column = 0; column < pixels.columns(); ++column) {
                        const float value =
                            pixels.at(0, row, column) + 0.001F * static_cast<float>(row + column);
                        answer.at(0, row, column) = row == 3 && column == 3 ? std::nanf("") : value;
                        answer.at(1, row, column) = value / static_cast<float>(tiles.size());
                    }
                }
                answers.push_back(std::move(answer));
            }
            return answers;
        });
    };
}

TilingOptions tiling(double overlap = 0.5, int batch = 3) {
    TilingOptions options;
    options.tile = 16;
    options.overlap = overlap;
    options.batch = batch;
    options.bands = 2;
    return options;
}

const RunIdentity identity{"scene 1", "model 1", "settings 1"};

RunJournal freshJournal() {
    RunJournal journal;
    journal.identity = identity;
    journal.kept = "batch 3";
    journal.columns = columns;
    journal.rows = rows;
    journal.bands = 2;
    return journal;
}

std::string extraOf(int firstRow, int count) {
    return "rows " + std::to_string(firstRow) + " to " + std::to_string(firstRow + count);
}

/// Goes on with what the storage holds, or begins.
void runIn(MemoryStorage& storage, WavySource& source, const TilingOptions& options,
           const TilePredictor& network = predictor(), const Progress& progress = {}) {
    auto found = loadJournal(storage);
    RunJournal journal = found ? *found : freshJournal();
    const OpenRows from = journal.open;
    StripSink sink(journal, storage, extraOf);
    predictTiles(columns, rows, options, source, network, sink, progress, found ? &from : nullptr);
}

/// Bit by bit: a NaN is not equal to itself.
std::string bytesOf(const std::vector<float>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

/// All rows of a complete run, one after the other.
std::string resultOf(const MemoryStorage& storage) {
    const auto journal = loadJournal(storage);
    NUNATAK_CHECK(journal && journal->isComplete());
    std::vector<float> all(static_cast<std::size_t>(2) * rows * columns);
    int row = 0;
    for (std::size_t i = 0; i < journal->strips.size(); ++i) {
        const auto strip = readStrip(*journal, i, storage);
        NUNATAK_CHECK_EQUAL(strip.extra, extraOf(row, strip.values.rows()));
        for (int band = 0; band < 2; ++band) {
            std::copy_n(strip.values.band(band), strip.values.bandSize(),
                        all.begin() + (static_cast<std::ptrdiff_t>(band) * rows + row) * columns);
        }
        row += strip.values.rows();
    }
    NUNATAK_CHECK_EQUAL(row, rows);
    return bytesOf(all);
}

void theStripsHoldWhatIsPredicted() {
    MemoryStorage storage;
    WavySource source;
    runIn(storage, source, tiling());
    struct WholeImage : RowSink {
        Image<float> image{2, rows, columns};
        void write(int firstRow, const Image<float>& part) override {
            for (int band = 0; band < 2; ++band) {
                std::copy_n(part.band(band), part.bandSize(), image.row(band, firstRow));
            }
        }
    };
    WholeImage whole;
    predictTiles(columns, rows, tiling(), source, predictor(), whole, {});
    NUNATAK_CHECK(resultOf(storage) == bytesOf(whole.image.values()));
}

void aRunGoesOnFromEveryStateInWhichItCanBeLeft() {
    // Overlaps under, at and over a half: as many rows of tiles reach a pixel as 1, 2 and 4.
    for (const double overlap : {0.0, 0.5, 0.75}) {
        MemoryStorage whole;
        WavySource all;
        runIn(whole, all, tiling(overlap));
        const auto expected = resultOf(whole);
        std::size_t journals = 0;
        for (const auto& state : whole.states) {
            MemoryStorage storage;
            storage.files = state;
            const auto journal = loadJournal(storage);
            journals += journal ? 1 : 0;
            WavySource source;
            runIn(storage, source, tiling(overlap));
            NUNATAK_CHECK(resultOf(storage) == expected);
            // Nothing that the journal says is done is computed again.
            if (journal) {
                for (const int row : source.tileRows) {
                    NUNATAK_CHECK(row >= journal->open.nextTiles);
                }
            }
        }
        NUNATAK_CHECK(journals >= all.tileRows.size());
    }
}

void atMostARowOfTilesIsComputedAgain() {
    MemoryStorage storage;
    std::stop_source user;
    std::atomic<int> batches = 0;
    WavySource first;
    // 6 rows and columns of 16 pixels with half overlap: 11 tiles, 4 batches a row of tiles.
    NUNATAK_CHECK_THROWS(Cancelled, "cancelled",
                         runIn(storage, first, tiling(), predictor([&] {
                                   if (++batches == 19) {
                                       user.request_stop();
                                   }
                               }),
                               Progress({}, user.get_token())));
    WavySource second;
    runIn(storage, second, tiling());
    MemoryStorage whole;
    WavySource all;
    runIn(whole, all, tiling());
    NUNATAK_CHECK(resultOf(storage) == resultOf(whole));
    const int perRow = all.tiles / static_cast<int>(all.tileRows.size());
    // 19 batches were computed: at least 4 rows of tiles, of which the last may have been lost.
    NUNATAK_CHECK(second.tiles <= all.tiles - 3 * perRow);
}

void severalReadersChangeNothing() {
    MemoryStorage one;
    MemoryStorage four;
    WavySource source;
    auto options = tiling();
    runIn(one, source, options);
    options.readers = 4;
    runIn(four, source, options);
    NUNATAK_CHECK(one.files == four.files);
}

void theNetworkGoesOnWhileAStripIsWritten() {
    // The batches of the rows of tiles that end the first strip: while it is written, the network gets two
    // more.
    std::map<int, int> tiles; // by the row they begin at; no batch has tiles of two rows
    for (const auto& window : tileWindows(columns, rows, tiling())) {
        ++tiles[window.row];
    }
    int blended = 0;
    for (auto row = tiles.begin(); row != tiles.end() && row->first <= 0; ++row) {
        blended += (row->second + tiling().batch - 1) / tiling().batch;
    }
    std::atomic<int> batches = 0;
    struct SlowDisk : RowSink {
        std::atomic<int>& submitted;
        int enough;
        bool wentOn = false;
        SlowDisk(std::atomic<int>& count, int wanted) : submitted(count), enough(wanted) {}
        void write(int firstRow, const Image<float>&) override {
            if (firstRow > 0) {
                return;
            }
            for (int i = 0; i < 4000 && submitted < enough; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            wentOn = submitted >= enough;
        }
    };
    SlowDisk sink(batches, blended + 2);
    WavySource source;
    predictTiles(columns, rows, tiling(), source, predictor([&] { ++batches; }), sink, {});
    NUNATAK_CHECK(sink.wentOn);
}

void anotherRunsJournalIsRefusedWithWhatDiffers() {
    MemoryStorage storage;
    WavySource source;
    runIn(storage, source, tiling());
    const auto journal = loadJournal(storage);
    checkSameRun(*journal, identity, storage);
    NUNATAK_CHECK_THROWS(Error, "from another scene",
                         checkSameRun(*journal, {"scene 2", "model 1", "settings 1"}, storage));
    NUNATAK_CHECK_THROWS(Error, "with another model",
                         checkSameRun(*journal, {"scene 1", "model 2", "settings 1"}, storage));
    NUNATAK_CHECK_THROWS(Error, "with other settings",
                         checkSameRun(*journal, {"scene 1", "model 1", "settings 2"}, storage));
}

void aTextOfSeveralLinesIsStillTheSame() {
    MemoryStorage storage;
    auto journal = freshJournal();
    journal.identity.scene = "first line\nsecond line";
    journal.open = {0, 0, Image<double>(2, 0, columns), Image<double>(1, 0, columns)};
    saveJournal(journal, storage);
    checkSameRun(*loadJournal(storage), journal.identity, storage);
}

void aDamagedStripIsRefused() {
    MemoryStorage storage;
    WavySource source;
    runIn(storage, source, tiling());
    const auto journal = loadJournal(storage);
    auto& strip = storage.files.at("strip" + std::to_string(journal->strips[2].firstRow));
    strip[strip.size() / 2] = static_cast<char>(strip[strip.size() / 2] ^ 1);
    NUNATAK_CHECK_THROWS(Error, "damaged", readStrip(*journal, 2, storage));
    strip.resize(7);
    NUNATAK_CHECK_THROWS(Error, "damaged", readStrip(*journal, 2, storage));
    storage.files.erase("strip" + std::to_string(journal->strips[2].firstRow));
    NUNATAK_CHECK_THROWS(Error, "missing", readStrip(*journal, 2, storage));
    NUNATAK_CHECK_EQUAL(readStrip(*journal, 1, storage).values.columns(), columns);
}

void aDamagedJournalIsRefusedWhateverTheDamage() {
    MemoryStorage whole;
    WavySource source;
    runIn(whole, source, tiling());
    // One from the middle of the run, which has open rows.
    std::string journal;
    for (const auto& state : whole.states) {
        if (state.contains("journal") && state.size() > 5 && journal.empty()) {
            journal = state.at("journal");
        }
    }
    NUNATAK_CHECK(journal.size() > 1000);
    MemoryStorage storage;
    const auto isRefused = [&](const std::string& bytes) {
        storage.files["journal"] = bytes;
        NUNATAK_CHECK_THROWS(Error, "predict anew", loadJournal(storage));
    };
    for (std::size_t size = 0; size < journal.size(); size += size < 600 ? 1 : 997) {
        isRefused(journal.substr(0, size));
    }
    for (std::size_t place = 0; place < journal.size(); place += place < 600 ? 1 : 997) {
        auto bytes = journal;
        bytes[place] = static_cast<char>(bytes[place] ^ 4);
        isRefused(bytes);
    }
    isRefused(journal + "more");
}

void rowsThatDoNotFitAreRefused() {
    MemoryStorage storage;
    WavySource source;
    RunJournal journal = freshJournal();
    StripSink sink(journal, storage, {});
    const OpenRows other{8, 8, Image<double>(2, 8, columns + 1), Image<double>(1, 8, columns + 1)};
    NUNATAK_CHECK_THROWS(Error, "other sizes",
                         predictTiles(columns, rows, tiling(), source, predictor(), sink, {}, &other));
}

} // namespace

namespace nunatak::tests {

std::vector<PlainTest> plainTests() {
    return {
        NUNATAK_PLAIN_TEST(theStripsHoldWhatIsPredicted),
        NUNATAK_PLAIN_TEST(aRunGoesOnFromEveryStateInWhichItCanBeLeft),
        NUNATAK_PLAIN_TEST(atMostARowOfTilesIsComputedAgain),
        NUNATAK_PLAIN_TEST(severalReadersChangeNothing),
        NUNATAK_PLAIN_TEST(theNetworkGoesOnWhileAStripIsWritten),
        NUNATAK_PLAIN_TEST(anotherRunsJournalIsRefusedWithWhatDiffers),
        NUNATAK_PLAIN_TEST(aTextOfSeveralLinesIsStillTheSame),
        NUNATAK_PLAIN_TEST(aDamagedStripIsRefused),
        NUNATAK_PLAIN_TEST(aDamagedJournalIsRefusedWhateverTheDamage),
        NUNATAK_PLAIN_TEST(rowsThatDoNotFitAreRefused),
    };
}

} // namespace nunatak::tests
