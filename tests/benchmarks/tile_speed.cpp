// SPDX-License-Identifier: GPL-3.0-or-later
// One tile of the published GlaViTU (or another size) through the models module, timed; tile_speed.py runs it
// beside other engines.
//
//     tile_speed [--weights FILE] [--tile N] [--filters N] [--batch N] [--threads N] [--precision NAME]
//                [--repeats N] [--save FOLDER] [--serve]
//
// FILE: safetensors with our names, or made by tests/models/golden_to_safetensors.py; none: fresh weights.
// --save writes weights, inputs and probabilities for others to read. --serve answers each line on the
// standard input with the seconds of one prediction (of the clock and of all threads together), so that
// another program can take turns.
#include "base/error.h"
#include "models/keras_layout.h"
#include "models/module_loader.h"
#include "models/safetensors.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>

using namespace nunatak;
using namespace nunatak::models;

namespace {

using Options = std::map<std::string, std::string>;

Options readOptions(int count, char** words) {
    Options options{{"weights", ""},  {"tile", "384"},  {"filters", "64"},
                    {"batch", "1"},   {"threads", "0"}, {"precision", "float32"},
                    {"repeats", "5"}, {"save", ""},     {"device", "cpu"}};
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--serve") {
            options["serve"] = "yes";
        } else if (word.starts_with("--") && options.contains(word.substr(2)) && i + 1 < count) {
            options[word.substr(2)] = words[++i];
        } else {
            throw Error("tile_speed does not know \"" + word + "\".");
        }
    }
    return options;
}

NetworkSpec specOf(const Options& options) {
    NetworkSpec spec;
    spec.tile = std::stoi(options.at("tile"));
    spec.filters = std::stoi(options.at("filters"));
    spec.embedding = spec.filters;
    spec.blocks = 12;
    spec.mlp = 4 * spec.filters;
    spec.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                     {"dem", {"elevation", "slope"}}};
    return spec;
}

NamedTensors weightsOf(const Options& options, const NetworkSpec& spec) {
    if (options.at("weights").empty()) {
        return initialWeights(spec, 1);
    }
    auto stored = readSafetensors(options.at("weights"));
    const auto fromKerasFile = std::any_of(
        stored.begin(), stored.end(), [](const auto& entry) { return entry.first.starts_with("keras/"); });
    if (!fromKerasFile) {
        return stored;
    }
    std::vector<Tensor> arrays;
    for (const auto& [name, tensor] : stored) {
        if (name.starts_with("keras/")) {
            arrays.push_back(tensor);
        }
    }
    return fromKeras(spec, arrays);
}

FeatureBatch randomBatch(const NetworkSpec& spec, int tiles) {
    std::mt19937 engine(7);
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

Precision precisionOf(const std::string& name) {
    return name == "bf16" ? Precision::BFloat16 : name == "fp16" ? Precision::Float16 : Precision::Float32;
}

void run(const Options& options, const std::filesystem::path& program) {
    const auto spec = specOf(options);
    const auto weights = weightsOf(options, spec);
    auto& module = loadModule(program.parent_path().parent_path() / "lib/nunatak/nunatak_models.so");
    const auto network = module.open(
        spec, weights,
        {options.at("device"), std::stoi(options.at("threads")), precisionOf(options.at("precision"))});
    const auto batch = randomBatch(spec, std::stoi(options.at("batch")));
    // The first prediction makes the weights ready and the memory warm.
    const auto probability = network->predict(batch, {}).get();
    if (!options.at("save").empty()) {
        auto all = batch.features;
        all["probability"] = probability;
        writeSafetensors(weights, {}, std::filesystem::path(options.at("save")) / "weights.safetensors");
        writeSafetensors(all, {}, std::filesystem::path(options.at("save")) / "tile.safetensors");
    }
    double processor = 0;
    auto seconds = [&] {
        auto copy = batch;
        const auto begin = std::chrono::steady_clock::now();
        const auto used = std::clock();
        network->predict(std::move(copy), {}).get();
        processor = static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC;
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    std::printf("%s\n", module.description().c_str());
    std::fflush(stdout);
    if (options.contains("serve")) {
        for (std::string line; std::getline(std::cin, line);) {
            const double wall = seconds();
            std::printf("%.6f %.6f\n", wall, processor);
            std::fflush(stdout);
        }
        return;
    }
    std::vector<double> times;
    for (int i = 0; i < std::stoi(options.at("repeats")); ++i) {
        times.push_back(seconds());
    }
    std::sort(times.begin(), times.end());
    std::printf("median %.3f s, least %.3f s of %zu\n", times[times.size() / 2], times.front(), times.size());
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
