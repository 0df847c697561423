// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/golden.h"
#include "prediction/network_predictor.h"
#include "prediction/scene_tile_source.h"
#include "support/plain_test.h"

#include <algorithm>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

using Tile = std::map<std::string, Image<float>>;

/// The samples of golden `tiny`, as the engine hands tiles over.
std::vector<Tile> goldenTiles(const models::NetworkSpec& spec) {
    const auto batch = tests::goldenBatch(tests::readGolden("tiny_io"), spec);
    std::vector<Tile> tiles;
    for (const auto& [name, tensor] : batch.features) {
        const auto count = static_cast<std::size_t>(tensor.shape.front());
        const auto size = tensor.values.size() / count;
        tiles.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            Image<float> pixels(static_cast<int>(tensor.shape[1]), spec.tile, spec.tile);
            std::copy_n(tensor.values.begin() + static_cast<std::ptrdiff_t>(i * size), size,
                        pixels.values().begin());
            tiles[i].emplace(name, std::move(pixels));
        }
    }
    for (auto& tile : tiles) {
        tile.emplace(SceneTileSource::usable, Image<float>(1, spec.tile, spec.tile, 1.0F));
    }
    return tiles;
}

std::unique_ptr<models::Network> tinyNetwork(const models::NetworkSpec& spec) {
    return tests::testModule().open(spec, tests::goldenWeights("tiny_weights", spec), tests::testDevice());
}

void testTimeAugmentationOfTheNetworkIsThatOfTheGoldenNumbers() {
    const auto spec = tests::goldenSpec("tiny");
    const auto network = tinyNetwork(spec);
    const auto answer =
        networkPredictor(*network, "tiny", {true, 0, 1})({goldenTiles(spec).front()}, {}).get().front();
    const auto average = tests::readGolden("algorithms").at("e_tta/average").values;
    double largest = average.size() == 2 * answer.bandSize() ? 0 : 1e9;
    for (std::size_t i = 0; i < answer.bandSize(); ++i) {
        largest = std::max(largest, static_cast<double>(std::abs(answer.values()[i] - average[2 * i + 1])));
    }
    NUNATAK_CHECK_NEAR(largest, 0, 2e-5);
}

void aTilesDropoutDoesNotDependOnItsBatch() {
    const auto spec = tests::goldenSpec("tiny");
    const auto network = tinyNetwork(spec);
    const auto tiles = goldenTiles(spec);
    NUNATAK_CHECK(tiles.size() > 1);
    const auto predictor = networkPredictor(*network, "tiny", {false, 3, 1});
    const auto together = predictor({tiles[0], tiles[1]}, {}).get();
    const auto alone = predictor({tiles[1]}, {}).get();
    NUNATAK_CHECK(together[1].values() == alone[0].values());
    const auto* spread = alone[0].band(1);
    NUNATAK_CHECK(*std::max_element(spread, spread + alone[0].bandSize()) > 0.001F);
    // Another seed has other masks.
    const auto other = networkPredictor(*network, "tiny", {false, 3, 2})({tiles[1]}, {}).get();
    NUNATAK_CHECK(other[0].values() != alone[0].values());
}

} // namespace

std::vector<tests::PlainTest> tests::plainTests() {
    return {NUNATAK_PLAIN_TEST(testTimeAugmentationOfTheNetworkIsThatOfTheGoldenNumbers),
            NUNATAK_PLAIN_TEST(aTilesDropoutDoesNotDependOnItsBatch)};
}
