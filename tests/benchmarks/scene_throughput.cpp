// SPDX-License-Identifier: GPL-3.0-or-later
// How many tiles a second a whole scene gets, beside the network alone on tiles that are there already; both
// in turn in one run. The scene is a file of 16-bit numbers that is mapped into memory; its rows are read,
// scaled, predicted, blended and kept as strips with a journal, as the program does.
//
//     scene_throughput [--size PIXELS] [--tile N] [--filters N] [--embedding N] [--blocks N] [--batch N]
//                      [--overlap SHARE] [--readers N] [--threads N] [--device NAME] [--precision NAME]
//                      [--rounds N] [--folder DIR]
#include "base/error.h"
#include "base/whole_file.h"
#include "engine/run_journal.h"
#include "models/module_loader.h"
#include "models/network.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>

using namespace nunatak;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Tiles = std::vector<std::map<std::string, Image<float>>>;
using Options = std::map<std::string, std::string>;

Options readOptions(int count, char** words) {
    Options options{{"size", "1400"}, {"tile", "384"},   {"filters", "64"},        {"embedding", "64"},
                    {"blocks", "12"}, {"batch", "1"},    {"overlap", "0.5"},       {"readers", "1"},
                    {"threads", "0"}, {"device", "cpu"}, {"precision", "float32"}, {"rounds", "3"},
                    {"folder", "."}};
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (!word.starts_with("--") || !options.contains(word.substr(2)) || i + 1 == count) {
            throw Error("scene_throughput does not know \"" + word + "\".");
        }
        options[word.substr(2)] = words[++i];
    }
    return options;
}

models::NetworkSpec specOf(const Options& options) {
    models::NetworkSpec spec;
    spec.tile = std::stoi(options.at("tile"));
    spec.filters = std::stoi(options.at("filters"));
    spec.embedding = std::stoi(options.at("embedding"));
    spec.blocks = std::stoi(options.at("blocks"));
    spec.mlp = 4 * spec.embedding;
    spec.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                     {"dem", {"elevation", "slope"}}};
    return spec;
}

/// A folder of this run's own, gone with it.
class ScratchFolder {
public:
    explicit ScratchFolder(const fs::path& where)
        : m_path(where / ("scene_throughput." + std::to_string(::getpid()))) {
        fs::create_directories(m_path);
    }
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

/// Eight bands of 16 bits, band after band, mapped.
class MappedScene final : public engine::TileSource {
public:
    MappedScene(const fs::path& file, int size, const models::NetworkSpec& spec)
        : m_size(size), m_spec(spec) {
        m_bytes = std::size_t{8} * 2 * static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
        std::mt19937 engine(5);
        std::ofstream stream(file, std::ios::binary);
        std::vector<std::uint16_t> row(static_cast<std::size_t>(size));
        for (int i = 0; i < 8 * size; ++i) {
            std::generate(row.begin(), row.end(), [&] { return static_cast<std::uint16_t>(engine()); });
            stream.write(reinterpret_cast<const char*>(row.data()),
                         static_cast<std::streamsize>(2 * row.size()));
        }
        stream.close();
        const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        void* mapped = ::mmap(nullptr, m_bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
        ::close(descriptor);
        if (!stream || mapped == MAP_FAILED) {
            throw Error("The scene cannot be written to " + file.string() + "; give another --folder.");
        }
        m_values = static_cast<const std::uint16_t*>(mapped);
    }
    ~MappedScene() override { ::munmap(const_cast<std::uint16_t*>(m_values), m_bytes); }
    MappedScene(const MappedScene&) = delete;
    MappedScene& operator=(const MappedScene&) = delete;

    std::map<std::string, Image<float>> read(const engine::Window& window, std::stop_token) override {
        std::map<std::string, Image<float>> tile;
        int fileBand = 0;
        for (const auto& feature : m_spec.features) {
            Image<float> pixels(static_cast<int>(feature.bands.size()), window.rows, window.columns);
            for (int band = 0; band < pixels.bands(); ++band, ++fileBand) {
                for (int row = std::max(0, -window.row); row < std::min(window.rows, m_size - window.row);
                     ++row) {
                    const auto* values =
                        m_values + (static_cast<std::size_t>(fileBand) * static_cast<std::size_t>(m_size) +
                                    static_cast<std::size_t>(window.row + row)) *
                                       static_cast<std::size_t>(m_size);
                    for (int column = std::max(0, -window.column);
                         column < std::min(window.columns, m_size - window.column); ++column) {
                        pixels.at(band, row, column) =
                            static_cast<float>(values[window.column + column]) / 65535.0F;
                    }
                }
            }
            tile.emplace(feature.name, std::move(pixels));
        }
        return tile;
    }

private:
    int m_size;
    models::NetworkSpec m_spec;
    std::size_t m_bytes = 0;
    const std::uint16_t* m_values = nullptr;
};

/// Strips as synced files.
class Files final : public engine::RunStorage {
public:
    explicit Files(fs::path folder) : m_folder(std::move(folder)) {}
    void put(const std::string& name, const std::vector<std::string_view>& pieces) override {
        writeWholeFile(m_folder / name, pieces);
    }
    std::optional<std::string> get(const std::string&) const override { return std::nullopt; }
    std::string place() const override { return m_folder.string(); }

private:
    fs::path m_folder;
};

models::FeatureBatch batchOf(const Tiles& tiles, const models::NetworkSpec& spec) {
    const auto count = static_cast<std::int64_t>(tiles.size());
    models::FeatureBatch batch;
    for (const auto& feature : spec.features) {
        models::Tensor tensor{{count, static_cast<std::int64_t>(feature.bands.size()), spec.tile, spec.tile},
                              {}};
        tensor.values.reserve(static_cast<std::size_t>(tensor.elements()));
        for (const auto& tile : tiles) {
            const auto& values = tile.at(feature.name).values();
            tensor.values.insert(tensor.values.end(), values.begin(), values.end());
        }
        batch.features.emplace(feature.name, std::move(tensor));
    }
    return batch;
}

engine::TilePredictor predictorOf(models::Network& network) {
    return [&network](Tiles tiles, std::stop_token stop) {
        auto answer = network.predict(batchOf(tiles, network.spec()), std::move(stop));
        return std::async(std::launch::deferred, [answer = std::move(answer), count = tiles.size(),
                                                  tile = network.spec().tile]() mutable {
            const auto tensor = answer.get();
            std::vector<Image<float>> images;
            for (std::size_t i = 0; i < count; ++i) {
                Image<float> image(1, tile, tile);
                std::copy_n(tensor.values.begin() + static_cast<std::ptrdiff_t>(i * image.bandSize()),
                            image.bandSize(), image.values().begin());
                images.push_back(std::move(image));
            }
            return images;
        });
    };
}

/// Seconds by the clock, and of all threads together: on a shared machine the second says more.
struct Seconds {
    double wall = 0;
    double processor = 0;
};

class Stopwatch {
public:
    Seconds read() const {
        return {std::chrono::duration<double>(Clock::now() - m_begin).count(),
                static_cast<double>(std::clock() - m_used) / CLOCKS_PER_SEC};
    }

private:
    Clock::time_point m_begin = Clock::now();
    std::clock_t m_used = std::clock();
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Seconds of the network alone: `batches` times the same tiles, two batches waiting as in the engine.
Seconds bareTiles(models::Network& network, const models::FeatureBatch& batch, std::size_t batches) {
    std::vector<models::FeatureBatch> copies(batches, batch);
    const Stopwatch stopwatch;
    std::future<models::Tensor> before;
    for (auto& copy : copies) {
        auto now = network.predict(std::move(copy), {});
        if (before.valid()) {
            before.get();
        }
        before = std::move(now);
    }
    before.get();
    return stopwatch.read();
}

Seconds wholeScene(models::Network& network, MappedScene& scene, int size,
                   const engine::TilingOptions& tiling, const fs::path& folder) {
    Files files(folder);
    engine::RunJournal journal;
    journal.identity = {"scene", "model", "settings"};
    journal.kept = "nothing";
    journal.columns = size;
    journal.rows = size;
    engine::StripSink sink(journal, files, {});
    const Stopwatch stopwatch;
    engine::predictTiles(size, size, tiling, scene, predictorOf(network), sink, {});
    return stopwatch.read();
}

models::Precision precisionOf(const std::string& name) {
    return name == "bf16" ? models::Precision::BFloat16
                          : (name == "fp16" ? models::Precision::Float16 : models::Precision::Float32);
}

void measure(const Options& options, const fs::path& program) {
    const auto spec = specOf(options);
    const int size = std::stoi(options.at("size"));
    engine::TilingOptions tiling;
    tiling.tile = spec.tile;
    tiling.overlap = std::stod(options.at("overlap"));
    tiling.batch = std::stoi(options.at("batch"));
    tiling.readers = std::stoi(options.at("readers"));
    auto& module = models::loadModule(program.parent_path().parent_path() / "lib/nunatak/nunatak_models.so");
    const auto network = module.create(
        spec, 1,
        {options.at("device"), std::stoi(options.at("threads")), precisionOf(options.at("precision"))});
    const ScratchFolder scratch(options.at("folder"));
    MappedScene scene(scratch.path() / "scene.raw", size, spec);

    const auto windows = engine::tileWindows(size, size, tiling);
    Tiles tiles;
    for (int i = 0; i < tiling.batch; ++i) {
        tiles.push_back(scene.read(windows[static_cast<std::size_t>(i) % windows.size()], {}));
    }
    const auto batch = batchOf(tiles, spec);
    network->predict(batch, {}).get(); // makes the weights ready and the memory warm
    // Enough batches to be exact, few enough to lie in memory.
    const std::size_t batches =
        std::clamp<std::size_t>(windows.size() / static_cast<std::size_t>(tiling.batch), 2, 200);
    std::printf("%s, %zu tiles of %d², batches of %d\n", module.description().c_str(), windows.size(),
                spec.tile, tiling.batch);
    std::vector<double> byClock;
    std::vector<double> byProcessor;
    for (int round = 0; round < std::stoi(options.at("rounds")); ++round) {
        const auto bare = bareTiles(*network, batch, batches);
        const auto whole = wholeScene(*network, scene, size, tiling, scratch.path());
        const double bareCount = static_cast<double>(batches) * tiling.batch;
        const auto count = static_cast<double>(windows.size());
        byClock.push_back(count / whole.wall * bare.wall / bareCount);
        byProcessor.push_back(count / whole.processor * bare.processor / bareCount);
        std::printf("bare %.3f tiles/s, whole scene %.3f tiles/s: %.1f %% by the clock, %.1f %% by the "
                    "processor's time\n",
                    bareCount / bare.wall, count / whole.wall, 100 * byClock.back(),
                    100 * byProcessor.back());
        std::fflush(stdout);
    }
    std::printf("medians: %.1f %% by the clock, %.1f %% by the processor's time\n", 100 * median(byClock),
                100 * median(byProcessor));
}

} // namespace

int main(int count, char** words) {
    try {
        measure(readOptions(count, words), fs::canonical("/proc/self/exe"));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
