// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "network/cpu/convolution.h"
#include "network/cpu/map_kernels.h"
#include "network/cpu/winograd.h"
#include "support/plain_test.h"

#include <atomic>
#include <cmath>
#include <random>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::models::cpu;

// The layers that predict on a processor, against sums written down plainly, with every width of vectors that
// this processor can run.

namespace {

/// The widest vectors, as two narrower ones where the processor lacks them.
const Kernels& wideKernels() {
    static const Kernels kernels = makeKernels<16, 12, 2>("wide");
    return kernels;
}

std::vector<const Kernels*> runnable() {
    std::vector<const Kernels*> all{&portableKernels(), &wideKernels()};
    if (&bestKernels() != &portableKernels()) {
        all.push_back(&bestKernels());
    }
    return all;
}

struct Bench {
    explicit Bench(const Kernels& kernels)
        : team(2), zeros(4096), scratch(2),
          pointers(2), work{kernels, team, zeros.data(), scratch, pointers, {}} {}
    Team team;
    Floats zeros;
    std::vector<Floats> scratch;
    std::vector<std::vector<const float*>> pointers;
    Workspace work;
};

class Random {
public:
    float next() { return static_cast<float>(m_engine()) / 4294967296.0f - 0.5f; }

private:
    std::mt19937 m_engine{5};
};

Folded randomLayer(int inputs, int outputs, int taps) {
    Random random;
    Folded layer;
    layer.inputs = inputs;
    layer.outputs = outputs;
    layer.taps = taps;
    for (int i = 0; i < inputs * outputs * taps; ++i) {
        layer.kernel.push_back(random.next());
    }
    for (int i = 0; i < outputs; ++i) {
        layer.bias.push_back(random.next());
    }
    return layer;
}

struct OwnMap {
    OwnMap(int rows, int columns, int channels, int used)
        : floats(static_cast<std::size_t>(rows * columns * channels)), map{floats.data(), rows, columns,
                                                                           channels, channels} {
        Random random;
        for (int i = 0; i < rows * columns; ++i) {
            for (int c = 0; c < used; ++c) {
                floats.data()[i * channels + c] = random.next();
            }
        }
    }
    double at(int y, int x, int channel) const {
        const bool inside = y >= 0 && x >= 0 && y < map.rows && x < map.columns;
        return inside ? static_cast<double>(map.row(y)[x * map.stride + channel]) : 0;
    }
    Floats floats;
    Map map;
};

double convolved(const Folded& layer, const OwnMap& in, int y, int x, int output) {
    double sum = layer.bias[static_cast<std::size_t>(output)];
    for (int tap = 0; tap < 9; ++tap) {
        for (int input = 0; input < layer.inputs; ++input) {
            sum += static_cast<double>(layer.at(output, input, tap)) *
                   in.at(y + tap / 3 - 1, x + tap % 3 - 1, input);
        }
    }
    return sum;
}

void convolutionsAreTheSumsTheyStandFor() {
    for (const auto* kernels : runnable()) {
        Bench bench(*kernels);
        for (const auto& [rows, columns, inputs, outputs] :
             {std::tuple{7, 9, 3, 20}, std::tuple{2, 2, 16, 48}, std::tuple{12, 4, 33, 5}}) {
            const OwnMap in(rows, columns, padded(inputs), inputs);
            const OwnMap add(rows, columns, padded(outputs), outputs);
            OwnMap out(rows, columns, padded(outputs), 0);
            const auto layer = randomLayer(inputs, outputs, 9);
            const WinogradConvolution convolution(*kernels, layer, padded(inputs), [](int i) { return i; });
            convolution.run(bench.work, in.map, out.map, 0.2f, add.map);
            for (int y = 0; y < rows; ++y) {
                for (int x = 0; x < columns; ++x) {
                    for (int c = 0; c < outputs; ++c) {
                        double expected = convolved(layer, in, y, x, c);
                        expected = std::max(expected, 0.2 * expected) + add.at(y, x, c);
                        NUNATAK_CHECK_NEAR(out.at(y, x, c), expected, 2e-5);
                    }
                    for (int c = outputs; c < padded(outputs); ++c) {
                        NUNATAK_CHECK_NEAR(out.at(y, x, c), 0, 0);
                    }
                }
            }
            OwnMap first(rows, columns, padded(outputs), 0);
            const OwnMap tight(rows, columns, inputs, inputs);
            FirstConvolution(*kernels, layer).run(bench.work, tight.map, first.map, 1);
            NUNATAK_CHECK_NEAR(first.at(rows - 1, 1, 2), convolved(layer, tight, rows - 1, 1, 2), 1e-5);
            NUNATAK_CHECK_NEAR(first.at(1, columns - 1, 0), convolved(layer, tight, 1, columns - 1, 0), 1e-5);
        }
    }
}

void enlargingConvolutionsAreThoseOfTheEnlargedMap() {
    for (const auto* kernels : runnable()) {
        Bench bench(*kernels);
        const OwnMap in(3, 5, 32, 19);
        OwnMap out(6, 10, 32, 0);
        const auto layer = randomLayer(19, 21, 4);
        UpConvolution(*kernels, layer).run(bench.work, in.map, out.map);
        for (int y = 0; y < 6; ++y) {
            for (int x = 0; x < 10; ++x) {
                double sum = layer.bias[20];
                for (int tap = 0; tap < 4; ++tap) {
                    const int fromY = y + tap / 2;
                    const int fromX = x + tap % 2;
                    for (int input = 0; input < 19 && fromY < 6 && fromX < 10; ++input) {
                        sum += static_cast<double>(layer.at(20, input, tap)) *
                               in.at(fromY / 2, fromX / 2, input);
                    }
                }
                NUNATAK_CHECK_NEAR(out.at(y, x, 20), sum, 1e-5);
            }
        }
    }
}

void activationsAreAccurate() {
    for (const auto* kernels : runnable()) {
        std::vector<float> x;
        for (int i = 0; i < 203; ++i) {
            x.push_back(static_cast<float>(i - 101) * 0.11f);
        }
        auto logistic = x;
        kernels->logistic(logistic.data(), static_cast<std::ptrdiff_t>(x.size()));
        auto gelu = x;
        kernels->gelu(gelu.data(), static_cast<std::ptrdiff_t>(x.size()));
        auto softmax = x;
        softmax.resize(208, 17.0f);
        kernels->softmaxRow(softmax.data(), 203, 208, 0.5f);
        double total = 0;
        for (const float value : x) {
            total += std::exp(0.5 * static_cast<double>(value));
        }
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double value = x[i];
            NUNATAK_CHECK_NEAR(logistic[i], 1 / (1 + std::exp(-value)), 3e-7);
            NUNATAK_CHECK_NEAR(gelu[i], value * 0.5 * std::erfc(-value / std::sqrt(2.0)),
                               3e-7 * (1 + std::abs(value)));
            NUNATAK_CHECK_NEAR(softmax[i], std::exp(0.5 * value) / total, 3e-7);
        }
        NUNATAK_CHECK_NEAR(softmax[205], 0, 0);
    }
}

void aTeamDoesEveryPieceOnceAndPassesFailuresOn() {
    Team team(4);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::atomic<int>> done(37);
        team.share(37, [&](int piece, int) { ++done[static_cast<std::size_t>(piece)]; });
        for (const auto& count : done) {
            NUNATAK_CHECK_EQUAL(count.load(), 1);
        }
        NUNATAK_CHECK_THROWS(Error, "broken", team.share(9, [](int piece, int) {
            if (piece == 5) {
                throw Error("A piece is broken.");
            }
        }));
    }
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(convolutionsAreTheSumsTheyStandFor),
        NUNATAK_PLAIN_TEST(enlargingConvolutionsAreThoseOfTheEnlargedMap),
        NUNATAK_PLAIN_TEST(activationsAreAccurate),
        NUNATAK_PLAIN_TEST(aTeamDoesEveryPieceOnceAndPassesFailuresOn),
    };
}
