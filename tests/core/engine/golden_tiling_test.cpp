// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tile_engine.h"
#include "golden.h"
#include "models/network.h"
#include "support/plain_test.h"

#include <algorithm>
#include <cmath>

// Golden groups a and b of algorithms.h5: the published kernel, padding and tiled inference with a real
// network.

using namespace nunatak;
using namespace nunatak::engine;

namespace {

/// (rows, columns, bands) normalised features of a scene; 0 beyond it.
class GoldenScene : public TileSource {
public:
    explicit GoldenScene(std::map<std::string, models::Tensor> features) : m_features(std::move(features)) {}

    std::map<std::string, Image<float>> read(const Window& window, std::stop_token) override {
        std::map<std::string, Image<float>> tile;
        for (const auto& [name, tensor] : m_features) {
            const auto rows = tensor.shape[0];
            const auto columns = tensor.shape[1];
            const auto bands = tensor.shape[2];
            Image<float> pixels(static_cast<int>(bands), window.rows, window.columns);
            for (int row = 0; row < window.rows; ++row) {
                for (int column = 0; column < window.columns; ++column) {
                    const std::int64_t r = window.row + row;
                    const std::int64_t c = window.column + column;
                    if (r < 0 || r >= rows || c < 0 || c >= columns) {
                        continue;
                    }
                    for (std::int64_t band = 0; band < bands; ++band) {
                        pixels.at(static_cast<int>(band), row, column) =
                            tensor.values[static_cast<std::size_t>((r * columns + c) * bands + band)];
                    }
                }
            }
            tile.emplace(name, std::move(pixels));
        }
        return tile;
    }

private:
    std::map<std::string, models::Tensor> m_features;
};

class WholeImage : public RowSink {
public:
    WholeImage(int columns, int rows) : image(1, rows, columns) {}
    void write(int firstRow, const Image<float>& rows) override {
        std::copy(rows.values().begin(), rows.values().end(), image.row(0, firstRow));
    }
    Image<float> image;
};

TilePredictor predictorOf(models::Network& network) {
    return [&network](std::vector<std::map<std::string, Image<float>>> tiles, std::stop_token stop) {
        const auto& spec = network.spec();
        const auto count = static_cast<std::int64_t>(tiles.size());
        models::FeatureBatch batch;
        for (const auto& feature : spec.features) {
            auto& tensor = batch.features[feature.name];
            tensor.shape = {count, static_cast<std::int64_t>(feature.bands.size()), spec.tile, spec.tile};
            for (const auto& tile : tiles) {
                const auto& values = tile.at(feature.name).values();
                tensor.values.insert(tensor.values.end(), values.begin(), values.end());
            }
        }
        return std::async(std::launch::deferred, [answer = network.predict(std::move(batch), std::move(stop)),
                                                  count, tile = spec.tile]() mutable {
            const auto tensor = answer.get();
            std::vector<Image<float>> images;
            for (std::int64_t i = 0; i < count; ++i) {
                Image<float> image(1, tile, tile);
                std::copy_n(tensor.values.begin() + static_cast<std::ptrdiff_t>(i) * tile * tile,
                            image.bandSize(), image.values().begin());
                images.push_back(std::move(image));
            }
            return images;
        });
    };
}

TilingOptions tiling(int tile, int batch = 4) {
    TilingOptions options;
    options.tile = tile;
    options.batch = batch;
    return options;
}

void theKernelIsThePublishedOne() {
    const auto golden = tests::readGolden("algorithms");
    for (const int tile : {16, 384}) {
        const auto& expected = golden.at("a_gaussian_kernel/" + std::to_string(tile));
        const auto kernel = blendingKernel(tile);
        NUNATAK_CHECK_EQUAL(expected.values.size(), kernel.bandSize());
        for (std::size_t i = 0; i < kernel.bandSize(); ++i) {
            NUNATAK_CHECK_NEAR(kernel.values()[i], static_cast<double>(expected.values[i]), 1e-7);
        }
    }
}

void thePaddingIsThePublishedOne() {
    const auto golden = tests::readGolden("algorithms");
    const auto& cases = golden.at("b_padding_cases");
    for (std::size_t i = 0; i < cases.values.size(); i += 4) {
        const int size = static_cast<int>(cases.values[i]);
        const int tile = static_cast<int>(cases.values[i + 1]);
        const int padded = static_cast<int>(cases.values[i + 2]);
        const int before = static_cast<int>(cases.values[i + 3]);
        const auto windows = tileWindows(size, size, tiling(tile));
        NUNATAK_CHECK_EQUAL(windows.front().column, -before);
        NUNATAK_CHECK_EQUAL(windows.back().row + windows.back().rows, padded - before);
    }
}

void aSceneIsPredictedAsPublished() {
    const auto golden = tests::readGolden("algorithms");
    auto spec = tests::goldenSpec("tiny");
    const auto network =
        tests::testModule().open(spec, tests::goldenWeights("tiny_weights", spec), tests::testDevice());
    GoldenScene scene(
        {{"optical", golden.at("b_tiled/inputs/optical")}, {"dem", golden.at("b_tiled/inputs/dem")}});
    const auto& expected = golden.at("b_tiled/prob"); // rows, columns, (background, glacier)
    const int rows = static_cast<int>(expected.shape[0]);
    const int columns = static_cast<int>(expected.shape[1]);
    NUNATAK_CHECK_EQUAL(tileWindows(columns, rows, tiling(spec.tile)).size(), 25U);
    for (const int batch : {4, 7}) {
        WholeImage result(columns, rows);
        predictTiles(columns, rows, tiling(spec.tile, batch), scene, predictorOf(*network), result, {});
        double largest = 0;
        for (std::size_t i = 0; i < result.image.bandSize(); ++i) {
            largest = std::max(largest, std::abs(static_cast<double>(result.image.values()[i]) -
                                                 static_cast<double>(expected.values[2 * i + 1])));
        }
        NUNATAK_CHECK_NEAR(largest, 0, 2e-5);
    }
}

} // namespace

namespace nunatak::tests {

std::vector<PlainTest> plainTests() {
    return {
        NUNATAK_PLAIN_TEST(theKernelIsThePublishedOne),
        NUNATAK_PLAIN_TEST(thePaddingIsThePublishedOne),
        NUNATAK_PLAIN_TEST(aSceneIsPredictedAsPublished),
    };
}

} // namespace nunatak::tests
