// SPDX-License-Identifier: GPL-3.0-or-later
// One training step of GlaViTU through the models module, timed.
//
//     step_speed [--size published|starter] [--batch N] [--threads N] [--parts all|decoder|heads]
//                [--repeats N] [--save FOLDER] [--serve]
//
// The same batch is learnt again and again, with its copies and checks as in a fine-tuning. --save writes
// weights, batch, gradients and the loss of the first step, for others to read. --serve answers each line on
// the standard input with the seconds of one step (of the clock and of all threads together) and the most
// memory the process has had so far (MiB), so that another program can take turns.
#include "base/error.h"
#include "models/module_loader.h"
#include "models/safetensors.h"
#include "models/weight_layout.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>

#include <sys/resource.h>

using namespace nunatak;
using namespace nunatak::models;

namespace {

using Options = std::map<std::string, std::string>;

Options readOptions(int count, char** words) {
    Options options{{"size", "published"}, {"batch", "1"},   {"threads", "0"},
                    {"parts", "all"},      {"repeats", "5"}, {"save", ""}};
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--serve") {
            options["serve"] = "yes";
        } else if (word.starts_with("--") && options.contains(word.substr(2)) && i + 1 < count) {
            options[word.substr(2)] = words[++i];
        } else {
            throw Error("step_speed does not know \"" + word + "\".");
        }
    }
    return options;
}

NetworkSpec specOf(const std::string& size) {
    NetworkSpec spec;
    spec.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                     {"dem", {"elevation", "slope"}}};
    if (size == "published") {
        spec.tile = 384;
        spec.filters = 64;
        spec.embedding = 64;
        spec.blocks = 12;
        spec.mlp = 256;
    } else if (size == "starter") {
        spec.tile = 64;
        spec.filters = 16;
        spec.embedding = 32;
        spec.blocks = 2;
        spec.mlp = 64;
    } else {
        throw Error("A size is published or starter, not \"" + size + "\".");
    }
    return spec;
}

LearningParts partsOf(const std::string& name) {
    if (name == "heads") {
        return LearningParts::Heads;
    }
    return name == "decoder" ? LearningParts::Decoder : LearningParts::All;
}

LearnBatch randomBatch(const NetworkSpec& spec, int tiles) {
    std::mt19937 engine(7);
    auto next = [&engine] { return static_cast<float>(engine()) / 4294967296.0f; };
    LearnBatch batch;
    for (const auto& feature : spec.features) {
        Tensor tensor{{tiles, static_cast<std::int64_t>(feature.bands.size()), spec.tile, spec.tile}, {}};
        for (std::int64_t i = 0; i < tensor.elements(); ++i) {
            tensor.values.push_back(next());
        }
        batch.input.features[feature.name] = std::move(tensor);
    }
    const auto pixels = static_cast<std::size_t>(spec.tile) * static_cast<std::size_t>(spec.tile);
    batch.labels.shape = {tiles, 2, spec.tile, spec.tile};
    batch.weights = {{tiles, spec.tile, spec.tile},
                     std::vector<float>(static_cast<std::size_t>(tiles) * pixels, 1.0f)};
    for (int tile = 0; tile < tiles; ++tile) {
        std::vector<float> glacier(pixels);
        std::generate(glacier.begin(), glacier.end(), [&] { return next() < 0.4f ? 0.95f : 0.05f; });
        for (const float value : glacier) {
            batch.labels.values.push_back(1 - value);
        }
        batch.labels.values.insert(batch.labels.values.end(), glacier.begin(), glacier.end());
    }
    return batch;
}

double peakMebibytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void save(const std::filesystem::path& folder, const NamedTensors& weights, const LearnBatch& batch,
          const LearnResult& first) {
    writeSafetensors(weights, {}, folder / "weights.safetensors");
    auto all = batch.input.features;
    all["labels"] = batch.labels;
    writeSafetensors(all, {}, folder / "batch.safetensors");
    auto gradients = first.gradients;
    gradients["loss"] = {{1}, {static_cast<float>(first.loss)}};
    writeSafetensors(gradients, {}, folder / "gradients.safetensors");
}

void run(const Options& options, const std::filesystem::path& program) {
    const auto spec = specOf(options.at("size"));
    const auto weights = initialWeights(spec, 1);
    auto& module = loadModule(program.parent_path().parent_path() / "lib/nunatak/nunatak_models.so");
    const auto network =
        module.open(spec, weights, {"cpu", std::stoi(options.at("threads")), Precision::Float32});
    const auto batch = randomBatch(spec, std::stoi(options.at("batch")));
    LearnOptions step;
    step.rate = 1e-4;
    step.parts = partsOf(options.at("parts"));
    step.wantGradients = !options.at("save").empty();
    // The first step makes the memory warm.
    const auto first = network->learn(batch, step, {});
    if (step.wantGradients) {
        save(options.at("save"), weights, batch, first);
    }
    step.wantGradients = false;
    double processor = 0;
    auto seconds = [&] {
        const auto begin = std::chrono::steady_clock::now();
        const auto used = std::clock();
        network->learn(batch, step, {});
        processor = static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC;
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    std::printf("%s\n", module.description().c_str());
    std::fflush(stdout);
    if (options.contains("serve")) {
        for (std::string line; std::getline(std::cin, line);) {
            const double wall = seconds();
            std::printf("%.6f %.6f %.1f\n", wall, processor, peakMebibytes());
            std::fflush(stdout);
        }
        return;
    }
    for (int i = 0; i < std::stoi(options.at("repeats")); ++i) {
        const double wall = seconds();
        std::printf("%.4f s, processor %.4f s, at most %.0f MiB\n", wall, processor, peakMebibytes());
    }
}

} // namespace

int main(int count, char** words) {
    try {
        run(readOptions(count, words), std::filesystem::canonical("/proc/self/exe"));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
