// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/step/convolution.h"
#include "network/cpu/step/map_loops.h"
#include "network/cpu/step/norm.h"
#include "network/cpu/winograd.h"
#include "support/plain_test.h"

#include <cmath>
#include <random>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::models::cpu;

// The ways back of the layers that learn on a processor, against sums written down plainly.

namespace {

struct Bench {
    Team team{2};
    Floats zeros{4096};
    std::vector<Floats> scratch;
    std::vector<std::vector<const float*>> pointers;
    Workspace work{bestKernels(), team, zeros.data(), scratch, pointers, {}};
    GradientMemory memory;

    Bench() : scratch(2), pointers(2) {}
};

class Maps {
public:
    Maps(int images, int rows, int columns, int channels, unsigned seed)
        : m_floats(static_cast<std::size_t>(images * rows * columns * channels)), map{m_floats.data(), rows,
                                                                                      columns, channels,
                                                                                      channels} {
        std::mt19937 engine(seed);
        for (std::size_t i = 0; i < m_floats.size(); ++i) {
            m_floats.data()[i] = static_cast<float>(engine()) / 4294967296.0f - 0.5f;
        }
    }
    double at(int image, int y, int x, int channel) const {
        const bool inside = y >= 0 && x >= 0 && y < map.rows && x < map.columns;
        return inside ? static_cast<double>(map.image(image).row(y)[x * map.stride + channel]) : 0;
    }

private:
    Floats m_floats;

public:
    Map map;
};

constexpr int images = 2;

/// Σ over pixels of gradient(y, x) · input(y + dy, x + dx)
double product(const Maps& in, const Maps& gradient, int input, int output, int dy, int dx) {
    double sum = 0;
    for (int image = 0; image < images; ++image) {
        for (int y = 0; y < gradient.map.rows; ++y) {
            for (int x = 0; x < gradient.map.columns; ++x) {
                sum += gradient.at(image, y, x, output) * in.at(image, y + dy, x + dx, input);
            }
        }
    }
    return sum;
}

void theGradientOfAKernelIsTheSumOfWhatItSaw() {
    Bench bench;
    for (const auto& [rows, columns, inputs, outputs] :
         {std::tuple{7, 9, 16, 48}, std::tuple{2, 3, 80, 16}, std::tuple{48, 44, 32, 32}}) {
        const Maps in(images, rows, columns, inputs, 1);
        const Maps gradient(images, rows, columns, outputs, 2);
        std::vector<float> found(static_cast<std::size_t>(9 * inputs * outputs));
        kernelGradient3(bench.work, bench.memory, in.map, gradient.map, images, found.data());
        for (const int input : {0, 5, inputs - 1}) {
            for (const int output : {0, 7, outputs - 1}) {
                for (int tap = 0; tap < 9; ++tap) {
                    const double expected = product(in, gradient, input, output, tap / 3 - 1, tap % 3 - 1);
                    NUNATAK_CHECK_NEAR(found[static_cast<std::size_t>(9 * (output * inputs + input) + tap)],
                                       expected, 1e-4);
                }
            }
        }
    }
}

void theFirstConvolutionsKernelHasItsGradientToo() {
    Bench bench;
    const Maps in(images, 20, 5, 3, 1);
    const Maps gradient(images, 20, 5, 16, 2);
    std::vector<float> found(9 * 3 * 16);
    firstKernelGradient3(bench.work, in.map, gradient.map, images, found.data());
    for (int input = 0; input < 3; ++input) {
        for (int tap = 0; tap < 9; ++tap) {
            NUNATAK_CHECK_NEAR(found[static_cast<std::size_t>(9 * (11 * 3 + input) + tap)],
                               product(in, gradient, input, 11, tap / 3 - 1, tap % 3 - 1), 1e-5);
        }
    }
}

void aConvolutionAsItIsLearntAndItsWayBackAreThePlainSums() {
    Bench bench;
    const int inputs = 16;
    const int outputs = 48;
    const Maps kernel(1, 1, inputs * outputs, 9, 3);
    const Maps in(images, 6, 9, inputs, 1);
    const Maps gradient(images, 6, 9, outputs, 2);
    Maps out(images, 6, 9, outputs, 4);
    Maps back(images, 6, 9, inputs, 5);
    WinogradConvolution(bench.work, kernel.map.data, outputs, inputs, false)
        .run(bench.work, in.map, out.map, 1, {}, images);
    WinogradConvolution(bench.work, kernel.map.data, outputs, inputs, true)
        .run(bench.work, gradient.map, back.map, 1, {}, images);
    for (int y = 0; y < 6; ++y) {
        for (int x = 0; x < 9; ++x) {
            double there = 0;
            double andBack = 0;
            for (int tap = 0; tap < 9; ++tap) {
                const int dy = tap / 3 - 1;
                const int dx = tap % 3 - 1;
                for (int input = 0; input < inputs; ++input) {
                    there += in.at(1, y + dy, x + dx, input) * kernel.at(0, 0, 40 * inputs + input, tap);
                }
                for (int output = 0; output < outputs; ++output) {
                    andBack +=
                        gradient.at(1, y - dy, x - dx, output) * kernel.at(0, 0, output * inputs + 9, tap);
                }
            }
            NUNATAK_CHECK_NEAR(out.at(1, y, x, 40), there, 2e-5);
            NUNATAK_CHECK_NEAR(back.at(1, y, x, 9), andBack, 2e-5);
        }
    }
}

void enlargingGoesBackAsIfTheMapHadBeenEnlarged() {
    Bench bench;
    const int inputs = 32;
    const int outputs = 16;
    const Maps kernel(1, 1, inputs * outputs, 4, 3);
    const Maps small(images, 3, 5, inputs, 1);
    const Maps gradient(images, 6, 10, outputs, 2);
    Maps back(images, 3, 5, inputs, 5);
    std::vector<float> found(static_cast<std::size_t>(4 * inputs * outputs));
    upInputGradient(bench.work, gradient.map, kernel.map.data, images, back.map);
    upKernelGradient(bench.work, small.map, gradient.map, images, found.data());
    std::vector<double> ofSmall(15);
    for (int tap = 0; tap < 4; ++tap) {
        double ofKernel = 0;
        for (int image = 0; image < images; ++image) {
            for (int y = 0; y < 6; ++y) {
                for (int x = 0; x < 10; ++x) {
                    // Beyond the enlarged map is nothing.
                    const int below = y + tap / 2;
                    const int aside = x + tap % 2;
                    if (below >= 6 || aside >= 10) {
                        continue;
                    }
                    ofKernel += gradient.at(image, y, x, 7) * small.at(image, below / 2, aside / 2, 20);
                    for (int output = 0; image == 1 && output < outputs; ++output) {
                        ofSmall[static_cast<std::size_t>(below / 2 * 5 + aside / 2)] +=
                            gradient.at(1, y, x, output) * kernel.at(0, 0, output * inputs + 20, tap);
                    }
                }
            }
        }
        NUNATAK_CHECK_NEAR(found[static_cast<std::size_t>(4 * (7 * inputs + 20) + tap)], ofKernel, 1e-5);
    }
    for (int pixel = 0; pixel < 15; ++pixel) {
        NUNATAK_CHECK_NEAR(back.at(1, pixel / 5, pixel % 5, 20), ofSmall[static_cast<std::size_t>(pixel)],
                           1e-5);
    }
}

/// Σ of out · weight, in double precision, where one value of the map is moved.
double normedSum(const Maps& map, const Maps& weight, const std::vector<float>& gamma,
                 const std::vector<float>& beta, int pixel, int channel, double moved) {
    const int channels = map.map.channels;
    const int pixels = static_cast<int>(map.map.pixels());
    auto value = [&](int i) {
        return static_cast<double>(map.map.data[i * channels + channel]) + (i == pixel ? moved : 0);
    };
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < pixels; ++i) {
        mean += value(i) / pixels;
    }
    for (int i = 0; i < pixels; ++i) {
        variance += (value(i) - mean) * (value(i) - mean) / pixels;
    }
    double sum = 0;
    const auto c = static_cast<std::size_t>(channel);
    for (int i = 0; i < pixels; ++i) {
        const double z = static_cast<double>(gamma[c]) * (value(i) - mean) / std::sqrt(variance + 1e-3) +
                         static_cast<double>(beta[c]);
        sum += std::max(z, 0.2 * z) * static_cast<double>(weight.map.data[i * channels + channel]);
    }
    return sum;
}

void batchNormWithItsActivationGoesBackAsItsDifferencesSay() {
    Bench bench;
    const Maps map(1, 23, 31, 16, 1);
    const Maps weight(1, 23, 31, 16, 2);
    Maps back(1, 23, 31, 16, 3);
    const std::vector<float> gamma(16, 1.5f);
    const std::vector<float> beta(16, 0.3f);
    const auto pixels = map.map.pixels();
    const Norm norm(momentsOf(bench.work, map.map.data, pixels, 16), true, gamma.data(), beta.data(), 1e-3,
                    0.2f);
    const auto gradients = norm.back(bench.work, map.map.data, weight.map.data, pixels, back.map.data);
    for (const int pixel : {0, 100, 712}) {
        for (const int channel : {0, 15}) {
            const double step = 1e-6;
            const double expected = (normedSum(map, weight, gamma, beta, pixel, channel, step) -
                                     normedSum(map, weight, gamma, beta, pixel, channel, -step)) /
                                    (2 * step);
            NUNATAK_CHECK_NEAR(back.map.data[pixel * 16 + channel], expected, 1e-4);
        }
    }
    NUNATAK_CHECK_NEAR(gradients.bias[3], 0, 0);
}

void aLargeMeanCostsTheVarianceNoDigits() {
    Bench bench;
    Maps map(1, 64, 64, 16, 1);
    const auto before = momentsOf(bench.work, map.map.data, map.map.pixels(), 16);
    for (std::ptrdiff_t i = 0; i < map.map.pixels() * 16; ++i) {
        map.map.data[i] += 1024;
    }
    const auto after = momentsOf(bench.work, map.map.data, map.map.pixels(), 16);
    for (std::size_t c = 0; c < 16; ++c) {
        NUNATAK_CHECK_NEAR(after.mean[c], static_cast<double>(before.mean[c]) + 1024, 2e-4);
        NUNATAK_CHECK_NEAR(after.variance[c], before.variance[c], 1e-5);
    }
}

void everyWidthOfVectorsComputesTheSame() {
    const auto narrow = makeStepKernels<4, 2, 4>();
    const auto wide = makeStepKernels<16, 8, 2>();
    const Maps a(1, 1, 50, 19, 1);
    const Maps b(1, 1, 50, 48, 2);
    std::vector<float> first(static_cast<std::size_t>(19 * 48));
    auto second = first;
    auto best = first;
    narrow.accumulate(a.map.data, 19, 19, b.map.data, 48, 48, 50, first.data(), 48);
    wide.accumulate(a.map.data, 19, 19, b.map.data, 48, 48, 50, second.data(), 48);
    bestStepKernels().accumulate(a.map.data, 19, 19, b.map.data, 48, 48, 50, best.data(), 48);
    for (std::size_t i = 0; i < first.size(); ++i) {
        NUNATAK_CHECK_NEAR(first[i], second[i], 1e-5);
        NUNATAK_CHECK_NEAR(first[i], best[i], 1e-5);
    }
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(theGradientOfAKernelIsTheSumOfWhatItSaw),
        NUNATAK_PLAIN_TEST(theFirstConvolutionsKernelHasItsGradientToo),
        NUNATAK_PLAIN_TEST(aConvolutionAsItIsLearntAndItsWayBackAreThePlainSums),
        NUNATAK_PLAIN_TEST(enlargingGoesBackAsIfTheMapHadBeenEnlarged),
        NUNATAK_PLAIN_TEST(batchNormWithItsActivationGoesBackAsItsDifferencesSay),
        NUNATAK_PLAIN_TEST(aLargeMeanCostsTheVarianceNoDigits),
        NUNATAK_PLAIN_TEST(everyWidthOfVectorsComputesTheSame),
    };
}
