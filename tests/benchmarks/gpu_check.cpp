// SPDX-License-Identifier: GPL-3.0-or-later
// Does the network do on a GPU what it does on the processor, and how fast? packaging/gpu_check.sh builds and
// runs this where there is an NVIDIA GPU.
//
//     gpu_check [--device NAME] [--tile N] [--filters N] [--learn-tile N] [--batches N,N,…] [--seconds S]
//               [--peak TFLOPS]
//
// The published GlaViTU with fresh weights predicts random tiles on both and learns one step on both; then it
// predicts for S seconds at each precision and batch. --peak is what a large bf16 product reaches on the same
// device, measured by somebody else in the same run. `--device cpu` rehearses: it compares the processor with
// itself. Exit code 0: both agree; 1: they do not, or something failed.
#include "base/error.h"
#include "models/module_loader.h"
#include "models/weight_layout.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>

using namespace nunatak;
using namespace nunatak::models;

namespace {

using Options = std::map<std::string, std::string>;
using Clock = std::chrono::steady_clock;

/// Multiplications and additions of one published tile (384², 64 filters), as docs/performance.md counts
/// them.
constexpr double publishedGigaflop = 239;

Options readOptions(int count, char** words) {
    Options options{{"device", "cuda"},    {"tile", "384"},  {"filters", "64"}, {"learn-tile", "192"},
                    {"batches", "1,4,16"}, {"seconds", "5"}, {"peak", "0"}};
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (!word.starts_with("--") || !options.contains(word.substr(2)) || i + 1 == count) {
            throw Error("gpu_check does not know \"" + word + "\".");
        }
        options[word.substr(2)] = words[++i];
    }
    return options;
}

NetworkSpec specOf(int tile, int filters) {
    NetworkSpec spec;
    spec.tile = tile;
    spec.filters = filters;
    spec.embedding = filters;
    spec.blocks = 12;
    spec.mlp = 4 * filters;
    spec.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                     {"dem", {"elevation", "slope"}}};
    return spec;
}

FeatureBatch randomBatch(const NetworkSpec& spec, int tiles) {
    std::mt19937 engine(11);
    FeatureBatch batch;
    for (const auto& feature : spec.features) {
        Tensor tensor{{tiles, static_cast<std::int64_t>(feature.bands.size()), spec.tile, spec.tile}, {}};
        for (std::int64_t i = 0; i < tensor.elements(); ++i) {
            tensor.values.push_back(static_cast<float>(engine()) / 4294967296.0f);
        }
        batch.features[feature.name] = std::move(tensor);
    }
    return batch;
}

/// Labels in two halves, so that the step has something to learn; every pixel was looked at.
LearnBatch learnBatch(const NetworkSpec& spec, int tiles) {
    LearnBatch batch{randomBatch(spec, tiles), {}, {}};
    const std::int64_t side = spec.tile;
    batch.labels = {{tiles, 2, side, side},
                    std::vector<float>(static_cast<std::size_t>(tiles * 2 * side * side))};
    batch.weights = {{tiles, side, side},
                     std::vector<float>(static_cast<std::size_t>(tiles * side * side), 1.0f)};
    for (std::int64_t i = 0; i < batch.labels.elements(); ++i) {
        const bool glacierPlane = (i / (side * side)) % 2 == 1;
        const bool left = i % side < side / 2;
        batch.labels.values[static_cast<std::size_t>(i)] = glacierPlane == left ? 1.0f : 0.0f;
    }
    return batch;
}

struct Difference {
    double most = 0;
    double mean = 0;
    double otherSide = 0; ///< share of pixels on the other side of 0.5
};

Difference between(const Tensor& a, const Tensor& b) {
    if (a.shape != b.shape || a.values.empty()) {
        throw Error("The two results have different shapes.");
    }
    Difference difference;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        const double off = std::abs(double(a.values[i]) - b.values[i]);
        if (std::isnan(off)) {
            throw Error("A result is not a number.");
        }
        difference.most = std::max(difference.most, off);
        difference.mean += off;
        difference.otherSide += (a.values[i] > 0.5f) != (b.values[i] > 0.5f);
    }
    difference.mean /= double(a.values.size());
    difference.otherSide /= double(a.values.size());
    return difference;
}

/// What is said and whether all of it was right.
class Verdict {
public:
    void check(bool right, const std::string& what) {
        std::printf("%-6s %s\n", right ? "ok" : "WRONG", what.c_str());
        std::fflush(stdout);
        m_right = m_right && right;
    }
    bool right() const { return m_right; }

private:
    bool m_right = true;
};

std::string text(const char* format, auto... values) {
    char line[256];
    std::snprintf(line, sizeof line, format, values...);
    return line;
}

/// The largest bf16 difference is judged by the mean: weights here are random, and a random network doubts
/// every pixel.
void comparePredictions(ModelsModule& module, const NetworkSpec& spec, const std::string& device,
                        Verdict& verdict) {
    const auto weights = initialWeights(spec, 1);
    const auto batch = randomBatch(spec, 1);
    const auto reference =
        module.open(spec, weights, {"cpu", 0, Precision::Float32})->predict(batch, {}).get();
    struct Case {
        const char* name;
        Precision precision;
        double mean;
        double otherSide;
    };
    // float32 may use TF32 for nothing: 1e-4 is what another order of additions does. Eleven bits of fp16 and
    // eight of bf16 through some 60 layers give the others.
    for (const Case& one :
         {Case{"float32", Precision::Float32, 1e-5, 1e-3}, Case{"fp16", Precision::Float16, 2e-3, 0.01},
          Case{"bf16", Precision::BFloat16, 0.02, 0.03}}) {
        if (device == "cpu" && one.precision == Precision::Float16) {
            continue; // a processor refuses it
        }
        const auto result = module.open(spec, weights, {device, 0, one.precision})->predict(batch, {}).get();
        const auto off = between(reference, result);
        verdict.check(
            off.mean <= one.mean && off.otherSide <= one.otherSide,
            text("predict %s: |dp| %.2g on average, %.2g at most, %.3f %% of pixels on the other side of 0.5",
                 one.name, off.mean, off.most, 100 * off.otherSide));
    }
}

double cosine(const NamedTensors& a, const NamedTensors& b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (const auto& [name, tensor] : a) {
        const auto& other = b.at(name);
        for (std::size_t i = 0; i < tensor.values.size(); ++i) {
            ab += double(tensor.values[i]) * other.values[i];
            aa += double(tensor.values[i]) * tensor.values[i];
            bb += double(other.values[i]) * other.values[i];
        }
    }
    return ab / std::sqrt(aa * bb);
}

void compareLearning(ModelsModule& module, const NetworkSpec& spec, const std::string& device,
                     Verdict& verdict) {
    const auto weights = initialWeights(spec, 2);
    const auto batch = learnBatch(spec, 2);
    LearnOptions options;
    options.wantGradients = true;
    const auto here = module.open(spec, weights, {"cpu", 0, Precision::Float32});
    const auto there = module.open(spec, weights, {device, 0, Precision::Float32});
    const auto expected = here->learn(batch, options, {});
    const auto result = there->learn(batch, options, {});
    verdict.check(std::abs(result.loss / expected.loss - 1) < 1e-3,
                  text("learn: loss %.6f, on the processor %.6f", result.loss, expected.loss));
    const double same = cosine(expected.gradients, result.gradients);
    verdict.check(same > 0.999, text("learn: cosine of the gradients %.6f", same));
    const auto second = there->learn(batch, options, {});
    verdict.check(second.loss < result.loss, text("learn: the second step's loss is %.6f", second.loss));

    const int steps = 5;
    const auto begin = Clock::now();
    for (int i = 0; i < steps; ++i) {
        there->learn(batch, LearnOptions{}, {});
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf("speed  learn: %.2f steps a second (2 tiles of %d² each)\n", steps / seconds, spec.tile);
}

/// Tiles a second with one batch at work and one waiting, as the engine keeps them.
double tilesASecond(Network& network, const FeatureBatch& batch, int tiles, double seconds) {
    network.predict(batch, {}).get();
    std::deque<std::future<Tensor>> waiting;
    waiting.push_back(network.predict(batch, {}));
    int done = 0;
    const auto begin = Clock::now();
    double passed = 0;
    while (passed < seconds) {
        waiting.push_back(network.predict(batch, {}));
        waiting.front().get();
        waiting.pop_front();
        done += tiles;
        passed = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    waiting.front().get();
    return done / passed;
}

void measure(ModelsModule& module, const NetworkSpec& spec, const Options& options) {
    const auto weights = initialWeights(spec, 1);
    const auto& device = options.at("device");
    const double gigaflop =
        publishedGigaflop * std::pow(spec.tile / 384.0, 2) * std::pow(spec.filters / 64.0, 2);
    const double peak = std::stod(options.at("peak"));
    for (const auto& [name, precision] :
         {std::pair{"float32", Precision::Float32}, std::pair{"bf16", Precision::BFloat16},
          std::pair{"fp16", Precision::Float16}}) {
        if (device == "cpu" && precision == Precision::Float16) {
            continue;
        }
        const auto network = module.open(spec, weights, {device, 0, precision});
        std::stringstream batches(options.at("batches"));
        for (std::string word; std::getline(batches, word, ',');) {
            const int tiles = std::stoi(word);
            const double rate =
                tilesASecond(*network, randomBatch(spec, tiles), tiles, std::stod(options.at("seconds")));
            std::printf("speed  predict %s, batches of %d: %.1f tiles a second, %.1f TFLOP/s", name, tiles,
                        rate, rate * gigaflop / 1000);
            if (peak > 0) {
                std::printf(", %.1f %% of the bf16 peak measured here (%.0f TFLOP/s)",
                            rate * gigaflop / 10 / peak, peak);
            }
            std::printf("\n");
            std::fflush(stdout);
        }
    }
}

bool run(const Options& options, const std::filesystem::path& program) {
    auto& module = loadModule(program.parent_path().parent_path() / "lib/nunatak/nunatak_models.so");
    std::printf("%s; device %s\n", module.description().c_str(), options.at("device").c_str());
    const int filters = std::stoi(options.at("filters"));
    const auto spec = specOf(std::stoi(options.at("tile")), filters);
    Verdict verdict;
    comparePredictions(module, spec, options.at("device"), verdict);
    compareLearning(module, specOf(std::stoi(options.at("learn-tile")), filters), options.at("device"),
                    verdict);
    measure(module, spec, options);
    return verdict.right();
}

} // namespace

int main(int count, char** words) {
    try {
        return run(readOptions(count, words), std::filesystem::canonical("/proc/self/exe")) ? 0 : 1;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "gpu_check: %s\n", error.what());
        return 1;
    }
}
