// SPDX-License-Identifier: GPL-3.0-or-later
#include "bias_optimisation.h"

#include "base/error.h"
#include "bias_optimisation_steps.h"
#include "location.h"
#include "tile_sample.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <numeric>

namespace nunatak::prediction {

namespace {

using Vector = std::vector<double>;

/// Mean entropy (bits a pixel) and its gradient with respect to the vector.
struct Slope {
    double entropy = 0;
    Vector gradient;

    /// With respect to the logits whose softmax `shares` is.
    Vector ofLogits(const Vector& shares) const {
        double mean = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            mean += shares[i] * gradient[i];
        }
        Vector result;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            result.push_back(shares[i] * (gradient[i] - mean));
        }
        return result;
    }
};

Slope slopeAt(models::Network& network, const std::vector<SampleTile>& tiles, const Vector& shares, int batch,
              const Progress& progress) {
    const auto& spec = network.spec();
    const auto step = static_cast<std::size_t>(batch);
    Slope total{0, Vector(shares.size(), 0.0)};
    double pixels = 0; // those with data; the others say nothing about the scene
    for (std::size_t first = 0; first < tiles.size(); first += step) {
        progress.report(static_cast<double>(first) / static_cast<double>(tiles.size()));
        const auto end = std::min(tiles.size(), first + step);
        models::FeatureBatch input{featuresOf(tiles, first, end, spec), {}, {}};
        input.location = models::Tensor{{static_cast<std::int64_t>(end - first), spec.location}, {}};
        for (auto i = first; i < end; ++i) {
            for (const double share : shares) {
                input.location->values.push_back(static_cast<float>(share));
            }
        }
        auto weights = usablePixels(tiles, first, end, spec);
        const double counted = std::accumulate(weights.values.begin(), weights.values.end(), 0.0);
        if (!(counted > 0)) {
            continue;
        }
        pixels += counted;
        const auto answer =
            network.locationEntropy(std::move(input), std::move(weights), progress.stopToken());
        if (!std::isfinite(answer.entropy) ||
            answer.gradient.values.size() != shares.size() * (end - first)) {
            throw Error(
                "The network's entropy is not a number; its weights are damaged. Choose another model "
                "or install this one again.");
        }
        total.entropy += answer.entropy;
        for (std::size_t i = 0; i < answer.gradient.values.size(); ++i) {
            total.gradient[i % shares.size()] += static_cast<double>(answer.gradient.values[i]);
        }
    }
    if (!(pixels > 0)) {
        return total;
    }
    total.entropy /= pixels;
    for (double& value : total.gradient) {
        value /= pixels;
    }
    return total;
}

std::string stage(const char* what, int step, int steps, double entropy) {
    char text[128];
    std::snprintf(text, sizeof text, "%s: step %d of %d, mean entropy %.4f", what, step, steps, entropy);
    return text;
}

/// The same tiles at every step, so that the entropy falls steadily and it can be seen when it is enough.
Vector optimiseOnTiles(models::Network& network, const std::vector<SampleTile>& tiles,
                       const BiasOptimisationOptions& options, const Progress& progress, int& steps) {
    constexpr std::size_t patience = 10;
    Vector logits(static_cast<std::size_t>(network.spec().location), 0.0);
    Vector best = softmax(logits);
    double least = std::numeric_limits<double>::infinity();
    std::vector<double> leastAfter;
    Adam adam(logits.size());
    for (steps = 0; steps < options.steps; ++steps) {
        const auto part = progress.part(static_cast<double>(steps) / options.steps,
                                        static_cast<double>(steps + 1) / options.steps);
        const auto shares = softmax(logits);
        const auto slope = slopeAt(network, tiles, shares, options.batch, part);
        if (slope.entropy < least) {
            least = slope.entropy;
            best = shares;
        }
        leastAfter.push_back(least);
        if (leastAfter.size() > patience &&
            leastAfter[leastAfter.size() - 1 - patience] - least < options.tolerance) {
            break;
        }
        // Long steps first, which reach a corner (one region alone) soon, short ones to settle.
        const double rate = options.rate * 0.5 * (1 + std::cos(std::numbers::pi * steps / options.steps));
        adam.step(logits, slope.ofLogits(shares), rate);
        part.report(1, stage("Optimising the region", steps + 1, options.steps, slope.entropy));
    }
    return best;
}

Vector optimiseAsPublished(models::Network& network, TileSample& sample,
                           const BiasOptimisationOptions& options, const Progress& progress, int& steps) {
    constexpr int batch = 8;
    constexpr double standstill = 1e-8; // of the squared change of the logits in an epoch
    constexpr int patience = 5;
    const double tile = network.spec().tile;
    const double area = static_cast<double>(sample.grid().rows) * sample.grid().columns;
    const int batches = static_cast<int>(std::clamp(std::round(area / tile / tile / batch), 1.0, 1e6));
    Vector logits(static_cast<std::size_t>(network.spec().location), 0.0);
    Adam adam(logits.size());
    int still = 0;
    steps = 0;
    for (int epoch = 0; epoch < options.publishedEpochs && still < patience; ++epoch) {
        const Vector before = logits;
        double entropy = 0;
        const auto part = progress.part(static_cast<double>(epoch) / options.publishedEpochs,
                                        static_cast<double>(epoch + 1) / options.publishedEpochs);
        for (int i = 0; i < batches; ++i, ++steps) {
            const auto one =
                part.part(static_cast<double>(i) / batches, static_cast<double>(i + 1) / batches);
            const auto shares = softmax(logits);
            const auto slope = slopeAt(network, sample.any(batch, one), shares, batch, one);
            adam.step(logits, slope.ofLogits(shares), options.publishedRate);
            entropy += slope.entropy / batches;
        }
        double change = 0;
        for (std::size_t i = 0; i < logits.size(); ++i) {
            change += (logits[i] - before[i]) * (logits[i] - before[i]);
        }
        still = change < standstill ? still + 1 : 0;
        part.report(1,
                    stage("Optimising the region as published", epoch + 1, options.publishedEpochs, entropy));
    }
    return softmax(logits);
}

/// The vectors that a user may want to compare with what was found, which comes last.
std::vector<std::pair<std::string, Vector>> comparedVectors(const std::vector<std::string>& regions,
                                                            const Vector& optimised) {
    const auto count = regions.size();
    std::vector<std::pair<std::string, Vector>> vectors{
        {"uniform", Vector(count, 1 / static_cast<double>(count))}};
    for (std::size_t i = 0; i < count; ++i) {
        Vector oneHot(count, 0.0);
        oneHot[i] = 1;
        // Unknown, the last entry, comes before the regions.
        vectors.insert(i + 1 == count ? vectors.begin() + 1 : vectors.end(), {regions[i], oneHot});
    }
    vectors.emplace_back("optimised", optimised);
    return vectors;
}

std::vector<std::pair<std::string, double>>
entropiesOf(models::Network& network, const std::vector<std::pair<std::string, Vector>>& vectors,
            const std::vector<SampleTile>& tiles, int batch, const Progress& progress) {
    std::vector<std::pair<std::string, double>> entropies;
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        const auto part = progress.part(static_cast<double>(i) / static_cast<double>(vectors.size()),
                                        static_cast<double>(i + 1) / static_cast<double>(vectors.size()));
        part.report(0, "Entropy of " + vectors[i].first);
        entropies.emplace_back(vectors[i].first,
                               slopeAt(network, tiles, vectors[i].second, batch, part).entropy);
    }
    return entropies;
}

void check(const models::Network& network, const models::Manifest& model,
           const BiasOptimisationOptions& options) {
    if (network.spec().location != static_cast<int>(publishedRegions().size())) {
        throw Error("The model " + model.name +
                    " has no region vector, so there is none to optimise; choose a model of the strategy "
                    "region encoding.");
    }
    const bool usable = options.tiles > 0 && options.batch > 0 && options.steps > 0 && options.rate > 0 &&
                        options.publishedEpochs > 0 && options.publishedRate > 0;
    if (!usable) {
        throw Error("Optimising the region needs at least one tile, one step and a rate above 0.");
    }
}

} // namespace

BiasOptimisationResult optimiseBias(models::Network& network, const models::Manifest& model,
                                    const scene::SceneReader& scene, const BiasOptimisationOptions& options,
                                    const Progress& progress) {
    check(network, model, options);
    progress.report(0, "Reading tiles for the region");
    TileSample sample(scene, model, options.seed, options.resolution);
    const auto tiles = sample.withData(options.tiles, progress);
    BiasOptimisationResult result;
    result.regions = regionEntries(model);
    result.tiles = static_cast<int>(tiles.size());
    // As many passes over the tiles as steps, and one for each line of the table.
    const double lines = static_cast<double>(result.regions.size()) + 2;
    const double share = options.published ? 0.9 : options.steps / (options.steps + lines);
    const auto part = progress.part(0.01, share);
    const auto shares = options.published ? optimiseAsPublished(network, sample, options, part, result.steps)
                                          : optimiseOnTiles(network, tiles, options, part, result.steps);
    const auto vectors = comparedVectors(result.regions, shares);
    result.entropies =
        entropiesOf(network, vectors, tiles, options.batch, progress.part(std::max(0.01, share), 1));
    std::size_t best = vectors.size() - 1; // what was found
    for (std::size_t i = 0; !options.published && i + 1 < vectors.size(); ++i) {
        if (result.entropies[i].second < result.entropies[best].second - options.tolerance) {
            best = i;
        }
    }
    result.taken = best + 1 < vectors.size() ? vectors[best].first : "";
    result.vector.assign(vectors[best].second.begin(), vectors[best].second.end());
    return result;
}

std::string describe(const BiasOptimisationResult& result) {
    std::string text =
        "region       mean entropy (bits a pixel), " + std::to_string(result.tiles) + " tiles\n";
    char line[128];
    for (const auto& [name, entropy] : result.entropies) {
        std::snprintf(line, sizeof line, "%-12.64s %.4f\n", name.c_str(), entropy);
        text += line;
    }
    text += "optimised in " + std::to_string(result.steps) + " steps";
    text += result.taken.empty() ? ":"
                                 : ", but the network is surer with " + result.taken +
                                       (result.taken == "uniform" ? "" : " alone") + ", so that is taken:";
    for (std::size_t i = 0; i < result.vector.size() && i < result.regions.size(); ++i) {
        std::snprintf(line, sizeof line, " %.64s %.3f", result.regions[i].c_str(),
                      static_cast<double>(result.vector[i]));
        text += line;
    }
    text += "\nthe same again: --region ";
    for (std::size_t i = 0; i < result.vector.size(); ++i) {
        // Nine digits tell any two floats apart.
        std::snprintf(line, sizeof line, "%s%.9g", i == 0 ? "" : ",", static_cast<double>(result.vector[i]));
        text += line;
    }
    return text + "\n";
}

} // namespace nunatak::prediction
