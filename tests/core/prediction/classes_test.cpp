// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "prediction/band_ratio.h"
#include "prediction/confidence.h"
#include "prediction/normalise.h"
#include "support/hdf5_arrays.h"
#include "support/shared_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

constexpr float noData = std::numeric_limits<float>::quiet_NaN();

template <typename T> Image<T> image(int rows, int columns, std::vector<T> values) {
    Image<T> made(1, rows, columns);
    made.values() = std::move(values);
    return made;
}

Image<std::uint8_t> goldenClasses(const models::NamedTensors& golden, const std::string& name) {
    const auto& tensor = golden.at(name);
    Image<std::uint8_t> classes(1, static_cast<int>(tensor.shape[0]), static_cast<int>(tensor.shape[1]));
    std::transform(tensor.values.begin(), tensor.values.end(), classes.values().begin(),
                   [](float value) { return static_cast<std::uint8_t>(value); });
    return classes;
}

/// The second of two channels.
std::vector<float> glacierChannel(const models::Tensor& tensor) {
    std::vector<float> values;
    for (std::size_t i = 1; i < tensor.values.size(); i += 2) {
        values.push_back(tensor.values[i]);
    }
    return values;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    double largest = a.size() == b.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        largest = std::max(largest, static_cast<double>(std::abs(a[i] - b[i])));
    }
    return largest;
}

} // namespace

class ClassesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void confidenceIsOneMinusTheEntropyInBits() {
        const auto confidence = shannonConfidence(image<float>(1, 5, {0.5F, 0.0F, 1.0F, 0.11F, noData}));
        QVERIFY(std::abs(confidence.at(0, 0, 0)) < 1e-7F);
        // The clip keeps it from ever reaching 1.
        QVERIFY(std::abs(confidence.at(0, 0, 1) - 0.99997863F) < 1e-7F);
        QVERIFY(std::abs(confidence.at(0, 0, 2) - 0.99997863F) < 1e-7F);
        QVERIFY(std::abs(confidence.at(0, 0, 3) - 0.5000842F) < 1e-6F); // H₂(0.11) = 0.4999158
        QVERIFY(std::isnan(confidence.at(0, 0, 4)));
    }

    void confidenceIsThatOfTheGoldenNumbers() {
        NUNATAK_NEEDS_SHARED("golden/algorithms.h5");
        const auto golden = tests::readHdf5Arrays(tests::sharedFile("golden/algorithms.h5"));
        const auto probability = glacierChannel(golden.at("c_confidence/prob"));
        const auto confidence =
            shannonConfidence(image<float>(1, static_cast<int>(probability.size()), probability));
        QVERIFY(largestDifference(confidence.values(), golden.at("c_confidence/confidence").values) < 1e-5);
        const auto scene = glacierChannel(golden.at("b_tiled/prob"));
        QVERIFY(largestDifference(shannonConfidence(image<float>(150, 170, scene)).values(),
                                  golden.at("b_tiled/confidence").values) < 1e-5);
        const auto classes = classify(image<float>(150, 170, scene), 0.5);
        QCOMPARE(classes.values(), goldenClasses(golden, "b_tiled/pred").values());
        QCOMPARE(medianFilter(classes, 3).values(), goldenClasses(golden, "b_tiled/pred_median3").values());
    }

    void aTieIsBackgroundAndAGapIsNotPredicted() {
        const auto classes = classify(image<float>(1, 4, {0.5F, 0.50001F, noData, 0.2F}), 0.5);
        QCOMPARE(classes.values(),
                 (std::vector<std::uint8_t>{Background, Glacier, NotPredicted, Background}));
    }

    void theMedianIsThatOfTheGoldenNumbers() {
        NUNATAK_NEEDS_SHARED("golden/algorithms.h5");
        const auto golden = tests::readHdf5Arrays(tests::sharedFile("golden/algorithms.h5"));
        const auto mask = goldenClasses(golden, "d_median/mask");
        for (const int size : {2, 3, 5}) {
            QCOMPARE(medianFilter(mask, size).values(),
                     goldenClasses(golden, "d_median/median" + std::to_string(size)).values());
        }
    }

    void theMedianIsTheMiddleOfTheSortedWindow() {
        // Against the definition, on a pattern with gaps; sizes beyond the image mirror more than once.
        Image<std::uint8_t> classes(1, 7, 9);
        for (std::size_t i = 0; i < classes.bandSize(); ++i) {
            classes.values()[i] = i % 11 == 5 ? NotPredicted : ((i * i / 3) % 5 < 2 ? Glacier : Background);
        }
        const auto mirrored = [](int index, int size) {
            while (index < 0 || index >= size) {
                index = index < 0 ? -1 - index : 2 * size - 1 - index;
            }
            return index;
        };
        for (const int size : {1, 2, 3, 4, 5, 8, 21}) {
            const auto filtered = medianFilter(classes, size);
            for (int row = 0; row < 7; ++row) {
                for (int column = 0; column < 9; ++column) {
                    std::vector<int> window;
                    for (int r = row - size / 2; r < row - size / 2 + size; ++r) {
                        for (int c = column - size / 2; c < column - size / 2 + size; ++c) {
                            window.push_back(classes.at(0, mirrored(r, 7), mirrored(c, 9)) == Glacier ? 1
                                                                                                      : 0);
                        }
                    }
                    std::sort(window.begin(), window.end());
                    const int old = classes.at(0, row, column);
                    const int expected =
                        old == NotPredicted ? old : window[static_cast<std::size_t>(size * size / 2)];
                    QCOMPARE(static_cast<int>(filtered.at(0, row, column)), expected);
                }
            }
        }
        QVERIFY_EXCEPTION_THROWN(medianFilter(classes, 0), Error);
    }

    void aSinglePixelIsSmoothedAway() {
        Image<std::uint8_t> classes(1, 5, 5);
        classes.at(0, 2, 2) = Glacier;
        const auto filtered = medianFilter(classes, 3);
        QVERIFY(std::all_of(filtered.values().begin(), filtered.values().end(),
                            [](std::uint8_t value) { return value == Background; }));
    }

    void bandsAreScaledAsTheModelSays() {
        Image<float> optical(2, 1, 3);
        optical.values() = {0.0F, 1.0F, noData, 0.1F, 0.5F, std::numeric_limits<float>::infinity()};
        normalise(optical, "optical", {{-0.5, 1.5, false}, {0.1, 0.6, false}});
        // A gap is a reflectance of 0, scaled like one.
        const std::vector<float> expected{0.25F, 0.75F, 0.25F, 0.0F, 0.8F, -0.2F};
        QVERIFY(largestDifference(optical.values(), expected) < 1e-6);
    }

    void aGapInAnotherFeatureBecomesZeroAfterScaling() {
        auto elevation = image<float>(1, 3, {1000.0F, noData, 3000.0F});
        normalise(elevation, "dem", {{-1000, 4000, false}});
        QVERIFY(largestDifference(elevation.values(), {0.4F, 0.0F, 0.8F}) < 1e-6);
    }

    void radarIsScaledAsALogarithm() {
        auto radar = image<float>(1, 3, {1.0F, 0.0F, noData});
        normalise(radar, "co_pol_sar", {{-6, 2, true}});
        QVERIFY(largestDifference(radar.values(), {0.75F, 0.0F, 0.0F}) < 1e-6);
    }

    void aScalingThatDoesNotFitIsRefused() {
        Image<float> values(2, 1, 1);
        QVERIFY_EXCEPTION_THROWN(normalise(values, "dem", {{0, 1, false}}), Error);
        QVERIFY_EXCEPTION_THROWN(normalise(values, "dem", {{0, 1, false}, {1, 1, false}}), Error);
    }

    void theBandRatioFindsCleanIceByItself() {
        // Ice: red 0.6, SWIR1 0.05-0.1. Rock: red 0.2, SWIR1 0.3. Shadow: all dark, its ratio high by noise.
        Image<float> bands(3, 20, 30);
        for (int row = 0; row < 20; ++row) {
            for (int column = 0; column < 30; ++column) {
                const bool ice = column >= 20;
                const bool shadow = column < 3;
                const float wobble = 0.01F * static_cast<float>((row * 7 + column * 3) % 5);
                bands.at(0, row, column) = shadow ? 0.02F : (ice ? 0.7F : 0.15F);
                bands.at(1, row, column) = shadow ? 0.02F : (ice ? 0.6F : 0.2F + wobble);
                bands.at(2, row, column) = shadow ? 0.003F : (ice ? 0.06F + wobble : 0.3F + wobble);
            }
        }
        bands.at(1, 10, 10) = noData;
        BandRatioOptions options;
        options.minimumBlue = 0.05;
        const auto classes = bandRatio(bands, options);
        for (int row = 0; row < 20; ++row) {
            for (int column = 0; column < 30; ++column) {
                const int expected =
                    row == 10 && column == 10 ? NotPredicted : (column >= 20 ? Glacier : Background);
                QCOMPARE(static_cast<int>(classes.at(0, row, column)), expected);
            }
        }
        options.minimumBlue = 0;
        QCOMPARE(static_cast<int>(bandRatio(bands, options).at(0, 5, 1)), static_cast<int>(Glacier));
    }

    void aGivenRatioIsUsedAsItIs() {
        Image<float> bands(3, 1, 3);
        bands.values() = {0.5F, 0.5F, 0.5F, 0.2F, 0.4F, 0.6F, 0.2F, 0.2F, 0.2F}; // ratios 1, 2, 3
        BandRatioOptions options;
        options.threshold = 2.0;
        options.medianSize = 1;
        QCOMPARE(bandRatio(bands, options).values(),
                 (std::vector<std::uint8_t>{Background, Background, Glacier}));
        QVERIFY_EXCEPTION_THROWN(bandRatio(Image<float>(2, 1, 1), options), Error);
    }
};

QTEST_GUILESS_MAIN(ClassesTest)
#include "classes_test.moc"
