// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/convolution.h"
#include "network/cpu/bf16/map_kernels.h"
#include "network/cpu/bf16/network.h"
#include "network/cpu/bf16/residual.h"
#include "network/cpu/bf16/tile_block.h"
#include "network/cpu/residual.h"
#include "support/plain_test.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::models::cpu;
using nunatak::models::cpu::bf16::MapMemory;
using nunatak::models::cpu::bf16::rounded;
using nunatak::models::cpu::bf16::widened;

// The layers in bf16, against sums of the same rounded numbers written down plainly, with every family of
// instructions that this processor has and with a stand-in for matrix units, which few have.

namespace {

/// Eight registers of 16 rows × 64 bytes that do what the processor's manual says of tdpbf16ps.
struct StandIn {
    static inline thread_local unsigned char tiles[8][16][64];

    template <int Tile> static void zero() { std::memset(tiles[Tile], 0, sizeof tiles[Tile]); }
    template <int Tile> static void load(const void* from, std::ptrdiff_t stride) {
        for (int row = 0; row < 16; ++row) {
            std::memcpy(tiles[Tile][row], static_cast<const unsigned char*>(from) + row * stride, 64);
        }
    }
    template <int Tile> static void store(void* to, std::ptrdiff_t stride) {
        for (int row = 0; row < 16; ++row) {
            std::memcpy(static_cast<unsigned char*>(to) + row * stride, tiles[Tile][row], 64);
        }
    }
    template <int Sums, int Pixels, int Weights> static void multiply() {
        auto number = [](const unsigned char* bytes) {
            bf16::Number value;
            std::memcpy(&value, bytes, sizeof value);
            return widened(value);
        };
        for (int row = 0; row < 16; ++row) {
            for (int column = 0; column < 16; ++column) {
                float sum;
                std::memcpy(&sum, tiles[Sums][row] + 4 * column, sizeof sum);
                for (int pair = 0; pair < 16; ++pair) {
                    const auto* left = tiles[Pixels][row] + 4 * pair;
                    const auto* right = tiles[Weights][pair] + 4 * column;
                    sum += number(left) * number(right);
                    sum += number(left + 2) * number(right + 2);
                }
                std::memcpy(tiles[Sums][row] + 4 * column, &sum, sizeof sum);
            }
        }
    }
};

const bf16::Kernels& standInKernels() {
    static const bf16::Kernels kernels = makeKernels("stand-in", multiplyBlocks<TileBlock<StandIn>>);
    return kernels;
}

std::vector<const bf16::Kernels*> runnable() {
    std::vector<const bf16::Kernels*> all{&bf16::portableKernels(), &standInKernels()};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vl")) {
        all.push_back(&bf16::vectorKernels());
    }
    if (bf16::hasMatrixUnits()) {
        all.push_back(&bf16::matrixKernels());
    }
#endif
    return all;
}

struct Bench {
    explicit Bench(const bf16::Kernels& kernels)
        : team(2), zeros(4096), scratch(2),
          pointers(2), shared{bestKernels(), team, zeros.data(), scratch, pointers, {}}, work{shared,
                                                                                              kernels} {}
    Team team;
    Floats zeros;
    std::vector<Floats> scratch;
    std::vector<std::vector<const float*>> pointers;
    Workspace shared;
    bf16::Workspace work;
};

class Random {
public:
    explicit Random(unsigned seed) : m_engine(seed) {}
    float next() { return static_cast<float>(m_engine()) / 4294967296.0f - 0.5f; }

private:
    std::mt19937 m_engine;
};

/// With weights that bf16 can say.
Folded randomLayer(int inputs, int outputs, int taps) {
    Random random(5);
    Folded layer;
    layer.inputs = inputs;
    layer.outputs = outputs;
    layer.taps = taps;
    for (int i = 0; i < inputs * outputs * taps; ++i) {
        layer.kernel.push_back(widened(rounded(random.next())));
    }
    for (int i = 0; i < outputs; ++i) {
        layer.bias.push_back(random.next());
    }
    return layer;
}

struct OwnMap {
    OwnMap(int rows, int columns, int channels, int used)
        : memory(rows, columns, channels), map(memory.map()) {
        Random random(7);
        for (int y = 0; y < rows; ++y) {
            for (int x = 0; x < columns; ++x) {
                for (int c = 0; c < used; ++c) {
                    map.row(y)[x * map.stride + c] = rounded(random.next());
                }
            }
        }
    }
    double at(int y, int x, int channel) const {
        const bool inside = y >= 0 && x >= 0 && y < map.rows && x < map.columns;
        return inside ? static_cast<double>(widened(map.row(y)[x * map.stride + channel])) : 0;
    }
    /// Every number of the frame of zeros that a convolution of 3 × 3 sees.
    bool frameIsZero() const {
        for (int c = 0; c < map.channels; ++c) {
            for (int x = -1; x <= map.columns; ++x) {
                if (map.row(-1)[x * map.stride + c] != 0 || map.row(map.rows)[x * map.stride + c] != 0) {
                    return false;
                }
            }
            for (int y = 0; y < map.rows; ++y) {
                if (map.row(y)[-map.stride + c] != 0 || map.row(y)[map.columns * map.stride + c] != 0) {
                    return false;
                }
            }
        }
        return true;
    }
    MapMemory memory;
    bf16::Map map;
};

double convolved(const Folded& layer, const OwnMap& in, int y, int x, int output) {
    double sum = layer.bias[static_cast<std::size_t>(output)];
    const int side = layer.taps == 9 ? 3 : 1;
    for (int tap = 0; tap < layer.taps; ++tap) {
        for (int input = 0; input < layer.inputs; ++input) {
            sum += static_cast<double>(layer.at(output, input, tap)) *
                   in.at(y + tap / side - side / 2, x + tap % side - side / 2, input);
        }
    }
    return sum;
}

/// Half a unit in the last place of bf16, and what sums in another order differ by.
double tolerance(double value) {
    return std::abs(value) / 256 + 1e-5;
}

void numbersAreRoundedToTheNearestEven() {
    for (const auto& [value, bits] :
         {std::pair{1.0f, 0x3f80}, std::pair{1.00390625f, 0x3f80}, std::pair{1.01171875f, 0x3f82},
          std::pair{1.00390637f, 0x3f81}, std::pair{-0.0f, 0x8000}, std::pair{3.4e38f, 0x7f80}}) {
        NUNATAK_CHECK_EQUAL(static_cast<int>(rounded(value)), bits);
    }
    NUNATAK_CHECK(std::isnan(widened(rounded(std::numeric_limits<float>::quiet_NaN()))));
    NUNATAK_CHECK(std::isinf(widened(rounded(std::numeric_limits<float>::infinity()))));
}

void convolutionsAreTheSumsTheyStandFor() {
    for (const auto* kernels : runnable()) {
        Bench bench(*kernels);
        for (const auto& [rows, columns, inputs, outputs] :
             {std::tuple{7, 9, 3, 40}, std::tuple{2, 2, 32, 48}, std::tuple{12, 29, 65, 5},
              std::tuple{40, 16, 32, 32}}) {
            const OwnMap in(rows, columns, bf16::padded(inputs), inputs);
            OwnMap out(rows, columns, bf16::padded(outputs), 0);
            const auto layer = randomLayer(inputs, outputs, 9);
            auto projection = randomLayer(inputs, outputs, 1);
            const bf16::Convolution convolution(layer, in.map.channels, samePlace);
            const bf16::Convolution plus(projection, in.map.channels, samePlace);
            convolution.run(bench.work, in.map, {out.map}, 0.2f, &plus, in.map);
            projection.bias.assign(projection.bias.size(), 0.0f);
            for (int y = 0; y < rows; ++y) {
                for (int x = 0; x < columns; ++x) {
                    for (int c = 0; c < outputs; ++c) {
                        double expected = convolved(layer, in, y, x, c);
                        expected = std::max(expected, 0.2 * expected) + convolved(projection, in, y, x, c);
                        NUNATAK_CHECK_NEAR(out.at(y, x, c), expected, tolerance(expected));
                    }
                    for (int c = outputs; c < out.map.channels; ++c) {
                        NUNATAK_CHECK_NEAR(out.at(y, x, c), 0, 0);
                    }
                }
            }
            NUNATAK_CHECK(out.frameIsZero());
        }
    }
}

void valuesCanGoIntoDotProductsInstead() {
    for (const auto* kernels : runnable()) {
        Bench bench(*kernels);
        const OwnMap in(5, 7, 32, 20);
        const auto layer = randomLayer(20, 50, 9);
        Floats dots(64);
        Random random(3);
        for (int c = 0; c < 50; ++c) {
            dots.data()[c] = random.next();
        }
        std::vector<float> logits(35, 1.5f);
        bf16::Convolution(layer, 32, samePlace)
            .run(bench.work, in.map, {{}, dots.data(), logits.data()}, 0.2f);
        for (int y = 0; y < 5; ++y) {
            for (int x = 0; x < 7; ++x) {
                double expected = 1.5;
                for (int c = 0; c < 50; ++c) {
                    const double value = convolved(layer, in, y, x, c);
                    expected += std::max(value, 0.2 * value) * static_cast<double>(dots.data()[c]);
                }
                NUNATAK_CHECK_NEAR(logits[static_cast<std::size_t>(y * 7 + x)], expected, 1e-4);
            }
        }
    }
}

void enlargingConvolutionsAreThoseOfTheEnlargedMap() {
    for (const auto* kernels : runnable()) {
        Bench bench(*kernels);
        const OwnMap in(3, 5, 32, 19);
        OwnMap out(6, 10, 32, 0);
        auto layer = randomLayer(19, 21, 4);
        for (auto& weight : layer.kernel) {
            weight = std::round(weight * 16) / 16; // their sums can be said, too
        }
        bf16::UpConvolution(layer, 32).run(bench.work, in.map, out.map);
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
                NUNATAK_CHECK_NEAR(out.at(y, x, 20), sum, tolerance(sum));
            }
        }
        NUNATAK_CHECK(out.frameIsZero());
    }
}

void mapsArePooledAndEnlargedAsInFloat32() {
    for (const auto* kernels : runnable()) {
        Bench bench(*kernels);
        const OwnMap in(4, 6, 32, 32);
        OwnMap half(2, 3, 32, 0);
        bf16::maxPool(bench.work, in.map, half.map);
        OwnMap twice(8, 12, 32, 32);
        const OwnMap before(8, 12, 32, 32);
        bf16::enlarge(bench.work, in.map, twice.map, true);
        Floats exactIn(4 * 6 * 32);
        Floats exactOut(8 * 12 * 32);
        for (int i = 0; i < 4 * 6 * 32; ++i) {
            exactIn.data()[i] = static_cast<float>(in.at(i / 192, i / 32 % 6, i % 32));
        }
        enlarge(bench.shared, {exactIn.data(), 4, 6, 32, 32}, {exactOut.data(), 8, 12, 32, 32}, false);
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 12; ++x) {
                const double sum =
                    static_cast<double>(exactOut.data()[(y * 12 + x) * 32 + 9]) + before.at(y, x, 9);
                NUNATAK_CHECK_NEAR(twice.at(y, x, 9), sum, tolerance(sum));
            }
        }
        NUNATAK_CHECK_NEAR(half.at(1, 2, 31),
                           std::max({in.at(2, 4, 31), in.at(2, 5, 31), in.at(3, 4, 31), in.at(3, 5, 31)}), 0);
        NUNATAK_CHECK(half.frameIsZero() && twice.frameIsZero());
    }
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(numbersAreRoundedToTheNearestEven),
        NUNATAK_PLAIN_TEST(convolutionsAreTheSumsTheyStandFor),
        NUNATAK_PLAIN_TEST(valuesCanGoIntoDotProductsInstead),
        NUNATAK_PLAIN_TEST(enlargingConvolutionsAreThoseOfTheEnlargedMap),
        NUNATAK_PLAIN_TEST(mapsArePooledAndEnlargedAsInFloat32),
    };
}
