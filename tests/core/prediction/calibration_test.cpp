// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "prediction/calibration.h"
#include "prediction/separated_parts.h"
#include "support/hdf5_arrays.h"
#include "support/shared_data.h"

#include <cmath>
#include <limits>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

using Method = models::Calibration::Method;

/// The golden numbers pass through float; that moves the shipped curves by up to 1.1e-5.
constexpr double goldenTolerance = 2e-5;

std::vector<double> doubles(const models::Tensor& tensor) {
    return {tensor.values.begin(), tensor.values.end()};
}

std::vector<ReliabilityBin> goldenTable(const models::NamedTensors& golden) {
    std::vector<ReliabilityBin> table;
    const auto confidence = doubles(golden.at("g_calibration/bin_conf"));
    const auto accuracy = doubles(golden.at("g_calibration/bin_acc"));
    const auto count = doubles(golden.at("g_calibration/bin_count"));
    for (std::size_t i = 0; i < confidence.size(); ++i) {
        table.push_back({confidence[i], accuracy[i], count[i]});
    }
    return table;
}

/// The largest difference between a curve and what golden says of it.
double largestDifference(const models::NamedTensors& golden, const models::Calibration& calibration,
                         const std::string& expected) {
    const auto query = doubles(golden.at("g_calibration/query"));
    const auto values = doubles(golden.at(expected));
    double largest = query.size() == values.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < query.size(); ++i) {
        largest = std::max(largest, std::abs(calibrated(query[i], calibration) - values[i]));
    }
    return largest;
}

/// Σ coefficients · exp(−gamma |x − points|), as it is defined.
double kernelSum(double x, const models::Calibration& calibration) {
    double sum = 0;
    for (std::size_t i = 0; i < calibration.points.size(); ++i) {
        sum +=
            calibration.coefficients[i] * std::exp(-calibration.gamma * std::abs(x - calibration.points[i]));
    }
    return sum;
}

} // namespace

class CalibrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theKernelRidgeIsThatOfTheGoldenNumbers() {
        NUNATAK_NEEDS_SHARED("golden/algorithms.h5");
        const auto golden = tests::readHdf5Arrays(tests::sharedFile("golden/algorithms.h5"));
        const auto calibration = fitKernelRidge(goldenTable(golden));
        QCOMPARE(calibration.method, Method::KernelRidge);
        // Empty bins are left out, (0, 0) and (1, 1) added.
        QCOMPARE(calibration.points.size(), golden.at("g_calibration/X_fit").values.size());
        const auto expected = doubles(golden.at("g_calibration/dual_coef_sklearn"));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(std::abs(calibration.coefficients[i] - expected[i]) < 1e-3);
        }
        QVERIFY(largestDifference(golden, calibration, "g_calibration/predict_sklearn_clipped") <
                goldenTolerance);
        QVERIFY(largestDifference(golden, calibration, "g_calibration/predict_diag_alpha_clipped") > 0.05);
    }

    void theShippedCalibrationsAreReproduced() {
        NUNATAK_NEEDS_SHARED("golden/algorithms.h5");
        const auto golden = tests::readHdf5Arrays(tests::sharedFile("golden/algorithms.h5"));
        for (const std::string name : {"global", "global_insar", "regionencoding"}) {
            const auto group =
                "g_calibration/shipped/confidence_calibration_model_glavitu_" + name + "_softmax/";
            models::Calibration calibration;
            calibration.method = Method::KernelRidge;
            calibration.points = doubles(golden.at(group + "X_fit"));
            calibration.coefficients = doubles(golden.at(group + "dual_coef"));
            QVERIFY(largestDifference(golden, calibration, group + "predict_clipped") < goldenTolerance);
        }
    }

    void theFastCurveIsTheSumOfItsKernels() {
        models::Calibration calibration;
        calibration.method = Method::KernelRidge;
        calibration.gamma = 7;
        calibration.points = {0.8, 0.1, 0.35, 0.35, 1.0}; // as a file may hold them: in no order, one twice
        calibration.coefficients = {0.3, 0.2, -0.1, 0.15, 0.25};
        for (double x = -0.2; x < 1.3; x += 0.013) {
            QVERIFY(std::abs(calibrated(x, calibration) - std::clamp(kernelSum(x, calibration), 0.0, 1.0)) <
                    1e-12);
        }
        QVERIFY(std::abs(calibrated(0.35, calibration) - kernelSum(0.35, calibration)) < 1e-12);
    }

    void theKernelCurveGoesThroughItsTable() {
        const std::vector<ReliabilityBin> table{{0.2, 0.6, 10}, {0.5, 0.75, 1}, {0.9, 0.97, 1000}};
        const auto calibration = fitKernelRidge(table);
        for (const auto& bin : table) {
            QVERIFY(std::abs(calibrated(bin.confidence, calibration) - bin.accuracy) < 1e-12);
        }
        QVERIFY(calibrated(0, calibration) < 1e-12);
        QVERIFY(calibrated(1, calibration) > 1 - 1e-12);
    }

    void pointsOnEachOtherDoNotMakeTheCurveBlowUp() {
        // The matrix of these is singular, that of the next nearly so.
        const auto same = fitKernelRidge({{0.5, 0.6, 1}, {0.5, 0.8, 1}, {0, 0.2, 5}, {1, 0.9, 5}});
        QVERIFY(std::abs(calibrated(0.5, same) - 0.7) < 1e-12);
        QVERIFY(std::abs(calibrated(0, same) - 0.1) < 1e-12); // halfway to the published (0, 0)
        const auto close = fitKernelRidge({{0.5, 0.6, 1}, {0.5 + 1e-15, 0.8, 1}, {0.5 + 1e-8, 0.7, 1}});
        for (double x = 0; x <= 1; x += 0.01) {
            QVERIFY(calibrated(x, close) >= 0 && calibrated(x, close) <= 1);
        }
    }

    void isotonicRegressionPoolsWhatFallsByWeight() {
        const auto calibration =
            fitIsotonic({{0.1, 0.5, 1}, {0.3, 0.8, 1}, {0.5, 0.6, 3}, {0.7, 0.9, 2}, {0.9, 0.9, 2}});
        QCOMPARE(calibration.method, Method::Isotonic);
        QVERIFY(std::abs(calibrated(0.1, calibration) - 0.5) < 1e-12);
        // (1 · 0.8 + 3 · 0.6) / 4
        QVERIFY(std::abs(calibrated(0.3, calibration) - 0.65) < 1e-12);
        QVERIFY(std::abs(calibrated(0.4, calibration) - 0.65) < 1e-12);
        QVERIFY(std::abs(calibrated(0.5, calibration) - 0.65) < 1e-12);
        // Linear between, constant outside.
        QVERIFY(std::abs(calibrated(0.6, calibration) - 0.775) < 1e-12);
        QVERIFY(std::abs(calibrated(1.0, calibration) - 0.9) < 1e-12);
        QVERIFY(std::abs(calibrated(0.0, calibration) - 0.5) < 1e-12);
        for (double x = 0.01; x < 1; x += 0.01) {
            QVERIFY(calibrated(x, calibration) >= calibrated(x - 0.01, calibration));
        }
    }

    void isotonicRegressionIsTheBestRisingCurve() {
        // No rising step function on these places does better, tried on a grid of values.
        const std::vector<ReliabilityBin> table{{0.2, 0.6, 2}, {0.4, 0.2, 1}, {0.6, 0.8, 1}, {0.8, 0.4, 3}};
        const auto calibration = fitIsotonic(table);
        const auto loss = [&](const std::array<double, 4>& values) {
            double sum = 0;
            for (std::size_t i = 0; i < 4; ++i) {
                sum += table[i].count * std::pow(values[i] - table[i].accuracy, 2);
            }
            return sum;
        };
        std::array<double, 4> fitted{};
        for (std::size_t i = 0; i < 4; ++i) {
            fitted[i] = calibrated(table[i].confidence, calibration);
        }
        double best = 1e9;
        for (int a = 0; a <= 50; ++a) {
            for (int b = a; b <= 50; ++b) {
                for (int c = b; c <= 50; ++c) {
                    for (int d = c; d <= 50; ++d) {
                        best = std::min(best, loss({a / 50.0, b / 50.0, c / 50.0, d / 50.0}));
                    }
                }
            }
        }
        QVERIFY(loss(fitted) <= best + 1e-12);
        QVERIFY(loss(fitted) > best - 1e-3);
    }

    void rowsOfEqualConfidenceAreOnePlaceOnTheCurve() {
        const auto calibration = fitIsotonic({{0.5, 0.4, 1}, {0.5, 0.8, 3}, {0.9, 0.95, 1}});
        QVERIFY(std::abs(calibrated(0.5, calibration) - 0.7) < 1e-12);
        for (std::size_t i = 1; i < calibration.points.size(); ++i) {
            QVERIFY(calibration.points[i] > calibration.points[i - 1]);
        }
    }

    void aReliabilityTableCountsPixelsInEqualBins() {
        ReliabilityCounter counter(4);
        counter.add(0.1, true);
        counter.add(0.2, false);
        counter.add(0.9, true, 3);
        counter.add(1.0, false); // the last bin holds its upper end
        counter.add(std::numeric_limits<double>::quiet_NaN(), true);
        counter.add(0.6, true, 0);
        const auto table = counter.table();
        QCOMPARE(table.size(), std::size_t{2});
        QVERIFY(std::abs(table[0].confidence - 0.15) < 1e-12);
        QVERIFY(std::abs(table[0].accuracy - 0.5) < 1e-12);
        QVERIFY(std::abs(table[1].confidence - 0.925) < 1e-12);
        QVERIFY(std::abs(table[1].accuracy - 0.75) < 1e-12);
        QVERIFY(std::abs(table[1].count - 4) < 1e-12);
        // (2 · 0.35 + 4 · 0.175) / 6
        QVERIFY(std::abs(expectedCalibrationError(table) - 1.4 / 6) < 1e-12);
        QVERIFY_EXCEPTION_THROWN(ReliabilityCounter(0), Error);
    }

    void theBetterOfBothIsKept() {
        // Noise that the interpolation follows and isotonic regression smooths.
        std::vector<ReliabilityBin> training;
        std::vector<ReliabilityBin> heldOut;
        for (int i = 0; i < 20; ++i) {
            const double confidence = 0.025 + 0.05 * i;
            const double truth = 0.5 + 0.5 * confidence;
            training.push_back({confidence, std::min(1.0, truth + (i % 2 == 0 ? 0.06 : -0.06)), 100});
            heldOut.push_back({confidence, truth, 100});
        }
        const auto noisy = fitCalibration(training, heldOut, "tta", "test tiles");
        QCOMPARE(noisy.method, Method::Isotonic);
        QCOMPARE(noisy.inference, std::string("tta"));
        QCOMPARE(noisy.source, std::string("test tiles"));
        QVERIFY(std::abs(noisy.eceBefore - expectedCalibrationError(heldOut)) < 1e-12);
        QVERIFY(noisy.eceAfter < noisy.eceBefore);
        // A dip that is real: only the kernel curve can follow it.
        training[10].accuracy = 0.3;
        heldOut = training;
        const auto dipping = fitCalibration(training, heldOut, "plain", "");
        QCOMPARE(dipping.method, Method::KernelRidge);
        QVERIFY(dipping.eceAfter < 1e-9);
        QVERIFY_EXCEPTION_THROWN(fitCalibration({}, heldOut, "plain", ""), Error);
        QVERIFY_EXCEPTION_THROWN(fitCalibration(training, {{0.5, 0.5, 0}}, "plain", ""), Error);
    }

    void aRasterIsCalibratedInPlaceAndGapsStay() {
        Image<float> confidence(1, 1, 3);
        confidence.values() = {0.2F, std::numeric_limits<float>::quiet_NaN(), 0.95F};
        const auto calibration = fitIsotonic({{0.1, 0.5, 1}, {0.3, 0.7, 1}, {0.9, 0.99, 1}});
        calibrate(confidence, calibration);
        QVERIFY(std::abs(confidence.at(0, 0, 0) - 0.6F) < 1e-6F);
        QVERIFY(std::isnan(confidence.at(0, 0, 1)));
        QVERIFY(std::abs(confidence.at(0, 0, 2) - 0.99F) < 1e-6F);
    }

    void aCalibrationServesOnlyTheInferenceItWasFittedOn() {
        models::Manifest model;
        model.calibrations = {{Method::Isotonic, {0.5}, {0.7}, 1, "tta", 0.5, 0, 0, 0, ""},
                              {Method::Isotonic, {0.5}, {0.6}, 1, "plain", 0.5, 0, 0, 0, ""}};
        QVERIFY(calibrationFor(model, {"plain"}) == &model.calibrations[1]);
        QVERIFY(calibrationFor(model, {"tta"}) == &model.calibrations[0]);
        QVERIFY(calibrationFor(model, {"tta+mc_dropout"}) == nullptr);
    }

    void aCalibrationServesOnlyTheThresholdAndPixelSizeItWasFittedAt() {
        models::Manifest model;
        model.name = "alps";
        model.pixelSize = 30;
        model.calibrations = {{Method::Isotonic, {0.5}, {0.7}, 1, "plain", 0.5, 30, 0, 0, ""},
                              {Method::Isotonic, {0.5}, {0.6}, 1, "plain", 0.3, 30, 0, 0, ""}};
        QVERIFY(calibrationFor(model, {"plain", 0.5, 0}) == &model.calibrations[0]);
        QVERIFY(calibrationFor(model, {"plain", 0.5, 30}) == &model.calibrations[0]);
        QVERIFY(calibrationFor(model, {"plain", 0.3, 30}) == &model.calibrations[1]);
        QVERIFY(calibrationFor(model, {"plain", 0.2, 30}) == nullptr);
        QVERIFY(calibrationFor(model, {"plain", 0.5, 10}) == nullptr);
        const auto note = uncalibratedNote(model, {"plain", 0.2, 10});
        QVERIFY2(note.find("calibrated for plain, threshold 0.5, pixels of 30 m") != std::string::npos &&
                     note.find("not for plain, threshold 0.2, pixels of 10 m") != std::string::npos,
                 note.c_str());
    }

    void theTwoPartsOfValidatedGroundAreNoNeighbours() {
        // A row of 20 tiles of a tenth of a degree side by side, and one far away.
        std::vector<ValidationGround> grounds;
        const auto tile = [&](double longitude, double pixels) {
            ValidationBlock block{{longitude, 46, longitude + 0.1, 46.1}, ReliabilityCounter()};
            block.pixels.add(longitude < 8.05 ? 0.1 : 0.9, true, pixels);
            grounds.push_back({{block}});
        };
        for (int i = 0; i < 20; ++i) {
            tile(7 + 0.1 * i, 100);
        }
        const auto cut = separated(grounds, 10'000);
        // West of the middle all confidences are 0.1, east of it 0.9; at least 10 km (1.3 tiles) are between.
        QCOMPARE(cut.fitting.table().size(), std::size_t{1});
        QCOMPARE(cut.heldOut.table().size(), std::size_t{1});
        QVERIFY(cut.leftOut >= 200 && cut.leftOut <= 400);
        QVERIFY(cut.fitting.count() >= 700 && cut.heldOut.count() >= 700);
        // Ground that hangs together is not cut where another place makes up the other part.
        tile(20, 1500);
        const auto apart = separated(grounds, 10'000);
        QCOMPARE(apart.leftOut, 0.0);
        QCOMPARE(apart.fitting.count() + apart.heldOut.count(), 3500.0);
        QCOMPARE(std::max(apart.fitting.count(), apart.heldOut.count()), 2000.0);
    }

    void groundTooSmallForTwoPartsGivesNone() {
        ValidationBlock block{{7, 46, 7.01, 46.01}, ReliabilityCounter()};
        block.pixels.add(0.5, true, 100);
        const auto parts = separated({{{block}}, {{block}}}, 10'000);
        QVERIFY(parts.fitting.count() == 0 || parts.heldOut.count() == 0);
        QVERIFY(separated({}, 10'000).fitting.count() == 0);
    }

    void scenesOfOnePlaceAreCutAtTheSamePlace() {
        // Two dates of the same ground: the same glacier must not be in both parts.
        std::vector<ValidationGround> dates(2);
        for (auto& date : dates) {
            for (int i = 0; i < 10; ++i) {
                ValidationBlock block{{7 + 0.1 * i, 46, 7.1 + 0.1 * i, 46.1}, ReliabilityCounter()};
                block.pixels.add(i < 5 ? 0.1 : 0.9, true, 10);
                date.blocks.push_back(block);
            }
        }
        const auto parts = separated(dates, 5'000);
        QVERIFY(parts.fitting.count() >= 60 && parts.heldOut.count() >= 60);
        QCOMPARE(parts.fitting.table().size(), std::size_t{1});
        QCOMPARE(parts.heldOut.table().size(), std::size_t{1});
    }

    void groundAcrossTheAntimeridianHangsTogether() {
        std::vector<ValidationGround> grounds;
        for (const double longitude : {179.8, -179.99}) {
            ValidationBlock block{{longitude, 0, longitude + 0.19, 0.2}, ReliabilityCounter()};
            block.pixels.add(0.5, true, 100);
            grounds.push_back({{block}});
        }
        const auto parts = separated(grounds, 10'000); // 1 km apart
        QVERIFY(parts.fitting.count() == 0 || parts.heldOut.count() == 0);
    }

    void aDamagedCalibrationIsRefused() {
        QVERIFY_EXCEPTION_THROWN(calibrated(0.5, {}), Error);
        QVERIFY_EXCEPTION_THROWN(
            calibrated(0.5, {Method::KernelRidge, {0.1, 0.2}, {0.5}, 1, "plain", 0.5, 0, 0, 0, ""}), Error);
        QVERIFY_EXCEPTION_THROWN(fitIsotonic({}), Error);
        QVERIFY_EXCEPTION_THROWN(fitKernelRidge({}, 0), Error);
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibration_test.moc"
