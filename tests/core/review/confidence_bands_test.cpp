// SPDX-License-Identifier: GPL-3.0-or-later
// How unsure a model is of an outline, from the confidence raster of its prediction.
#include <QtTest>

#include "base/error.h"
#include "core/review/glaciers.h"
#include "raster/raster_writer.h"
#include "review/confidence_bands.h"

#include <QTemporaryDir>

#include <cmath>
#include <functional>
#include <limits>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::OutlineHandle;
using review::ConfidenceBand;
using review::ConfidenceRequest;

namespace {

constexpr double pixel = 10;
constexpr double left = 500000;
constexpr double top = 5200000;
constexpr int columns = 600;
constexpr int rows = 500;

geo::Crs utm32() {
    return geo::Crs::fromUserInput("EPSG:32632");
}

/// Of pixels: x from the left, y from the top.
OutlineHandle glacier(const std::string& uuid, double x, double y, double side) {
    return outlines::share(squareGlacier(uuid, left + x * pixel, top - (y + side) * pixel, side * pixel));
}

bool isNear(double value, double wanted, double tolerance) {
    if (std::abs(value - wanted) <= tolerance) {
        return true;
    }
    qWarning("%g instead of %g", value, wanted);
    return false;
}

} // namespace

class ConfidenceBandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_count = 0;

    /// A raster of ours; `confidence` of column and row.
    std::filesystem::path raster(const std::function<float(int, int)>& confidence, bool isCalibrated = true) {
        const auto file = m_folder.filePath(QString("confidence%1.tif").arg(++m_count)).toStdString();
        raster::RasterLayout layout;
        layout.grid = {utm32(), left, top, pixel, columns, rows};
        layout.bandNames = {"confidence"};
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        layout.metadata = {{"NUNATAK_CONFIDENCE", isCalibrated ? "calibrated (plain)" : "not calibrated"}};
        Image<float> pixels(1, rows, columns);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                pixels.at(0, row, column) = confidence(column, row);
            }
        }
        raster::RasterWriter writer(file, layout);
        writer.write(pixels, 0, 0);
        writer.finish();
        return file;
    }

    static ConfidenceRequest request(const std::filesystem::path& file, std::vector<OutlineHandle> outlines) {
        ConfidenceRequest request;
        request.raster = file;
        request.crs = utm32();
        request.ice = setOf(outlines);
        request.outlines = std::move(outlines);
        return request;
    }

private Q_SLOTS:
    void theWidthIsTheUnsureGroundOnBothSidesPerMetreOfTheLine() {
        // Two pixels inside and three outside of a square of 100 × 100 pixels that lies across blocks.
        const auto file = raster([](int column, int row) {
            const int depth = std::min(std::min(column - 200, 299 - column), std::min(row - 200, 299 - row));
            return depth >= -3 && depth < 2 ? 0.5F : 0.99F;
        });
        const auto bands = review::confidenceBands(request(file, {glacier("a", 200, 200, 100)}), {});
        QVERIFY(bands.at(0).has_value());
        const double inside = 100 * 100 - 96 * 96;
        const double outside = 106 * 106 - 100 * 100;
        QVERIFY(isNear(bands[0]->unsureShare, inside / (100 * 100), 1e-9));
        // UTM's scale at its central meridian is 0.9996.
        QVERIFY(isNear(bands[0]->width, (inside + outside) / 400 * pixel / 0.9996, 0.01));
        QVERIFY(bands[0]->isCalibrated);
    }

    void unsureGroundFarFromTheLineOrUnderANeighbourIsNotItsBand() {
        const auto file = raster([](int column, int) { return column >= 110 ? 0.2F : 0.99F; });
        // All to the east of the first is unsure: its band reaches ten pixels there, or to the neighbour.
        const auto alone = review::confidenceBands(request(file, {glacier("a", 100, 100, 20)}), {});
        const auto beside = review::confidenceBands(
            request(file, {glacier("a", 100, 100, 20), glacier("b", 124, 90, 40)}), {});
        QVERIFY(alone[0] && beside[0] && beside[1]);
        QCOMPARE(alone[0]->unsureShare, 0.5);
        QVERIFY2(beside[0]->width < alone[0]->width, "the neighbour's ground counted for both");
        const auto farther = review::confidenceBands(
            request(file, {glacier("a", 80, 100, 10), glacier("b", 100, 100, 10)}), {});
        QCOMPARE(farther[0]->width, 0.0); // what is unsure begins behind ground of which the model is sure
        QVERIFY(farther[1]->width > 0);
    }

    void theFlagsOfACalibratedPredictionSayTheSame() {
        const auto confidence = [](int column, int row) {
            return column < 20 ? std::numeric_limits<float>::quiet_NaN()
                               : static_cast<float>((column * 31 + row * 17) % 100) / 100;
        };
        const std::vector<OutlineHandle> glaciers{glacier("a", 10, 100, 50), glacier("b", 200, 240, 120)};
        for (const bool isCalibrated : {true, false}) {
            const auto file = raster(confidence, isCalibrated);
            const auto before = review::confidenceBands(request(file, glaciers), {});
            const auto flags = [&](double threshold) {
                raster::RasterLayout layout;
                layout.grid = {utm32(), left, top, pixel, columns, rows};
                layout.bandNames = {"flags", "missing"};
                layout.type = raster::PixelType::UInt8;
                Image<float> pixels(2, rows, columns);
                for (int row = 0; row < rows; ++row) {
                    for (int column = 0; column < columns; ++column) {
                        const double value = static_cast<double>(confidence(column, row));
                        pixels.at(0, row, column) = std::isnan(value)   ? 2.0F
                                                    : value < threshold ? 8.0F
                                                                        : 0.0F;
                    }
                }
                const auto name = "quality" + file.filename().string().substr(10);
                std::filesystem::remove(file.parent_path() / name);
                raster::RasterWriter writer(file.parent_path() / name, layout);
                writer.write(pixels, 0, 0);
                writer.finish();
            };
            flags(0.95);
            QVERIFY(review::confidenceBands(request(file, glaciers), {}) == before);
            // They are what is read, where there is a threshold at all.
            flags(0.3);
            QCOMPARE(review::confidenceBands(request(file, glaciers), {}) == before, !isCalibrated);
        }
    }

    void oneOutlineIsMeasuredAloneAsAmongAll() {
        const auto file = raster([](int column, int row) {
            return static_cast<float>((column * 31 + row * 17 + column * row % 7) % 100) / 100;
        });
        std::vector<OutlineHandle> all;
        for (int i = 0; i < 60; ++i) {
            all.push_back(
                glacier(std::to_string(i), 5 + (i % 10) * 58.3, 4 + (i / 10) * 80.7, 20 + i * 0.61));
        }
        const auto together = review::confidenceBands(request(file, all), {});
        for (std::size_t i = 0; i < all.size(); i += 7) {
            auto one = request(file, all);
            one.outlines = {all[i]};
            QVERIFY(together[i].has_value());
            QVERIFY(review::confidenceBands(one, {})[0] == together[i]);
        }
    }

    void whatIsNotCalibratedIsUnsureWhereItIsLeastSure() {
        // As after one fine-tuning: nothing reaches 0.95. Confidence grows to the east.
        const auto file =
            raster([](int column, int) { return 0.5F + 0.3F * static_cast<float>(column) / columns; }, false);
        const double below = review::lowConfidenceBelow(file, 0.95, 0.05, {});
        QVERIFY(isNear(below, 0.5 + 0.3 * 0.05, 0.002));
        const auto bands = review::confidenceBands(
            request(file, {glacier("west", 2, 100, 20), glacier("east", 300, 100, 20)}), {});
        QCOMPARE(bands[0]->unsureShare, 1.0);
        QCOMPARE(bands[1]->unsureShare, 0.0);
        QVERIFY(!bands[0]->isCalibrated);
        QCOMPARE(review::lowConfidenceBelow(raster([](int, int) { return 0.3F; }), 0.9, 0.05, {}), 0.9);
    }

    void whereNothingWasPredictedNothingIsSaid() {
        const auto file = raster(
            [](int column, int) { return column < 300 ? std::numeric_limits<float>::quiet_NaN() : 0.1F; });
        auto bands = review::confidenceBands(
            request(file, {glacier("unknown", 100, 100, 20), glacier("half", 290, 100, 20),
                           glacier("elsewhere", -900, 100, 20), glacier("tiny", 400.1, 400.1, 0.2)}),
            {});
        QVERIFY(!bands[0]);
        QVERIFY(bands[1]);
        QCOMPARE(bands[1]->unsureShare, 1.0); // of the pixels that have a confidence
        QVERIFY(!bands[2]);
        QVERIFY(!bands[3]);
    }

    void holesAreNotOfTheGlacier() {
        const auto file = raster([](int column, int row) {
            return column >= 140 && column < 160 && row >= 140 && row < 160 ? 0.1F : 0.99F;
        });
        auto outline = squareGlacier("a", left + 1000, top - 2000, 1000);
        const auto whole = review::confidenceBands(request(file, {outlines::share(outline)}), {});
        QCOMPARE(whole[0]->unsureShare, 0.04);
        outline.geometry[0].holes = {squareGlacier("", left + 1400, top - 1600, 200).geometry[0].outer};
        const auto holed = review::confidenceBands(request(file, {outlines::share(outline)}), {});
        QCOMPARE(holed[0]->unsureShare, 0.0);
        QVERIFY(holed[0]->width > 0); // beside its line
    }

    void aRasterThatIsGoneOrStoppedWorkIsTold() {
        bool isTold = false;
        try {
            review::confidenceBands(request("/nowhere/confidence.tif", {glacier("a", 0, 0, 10)}), {});
        } catch (const Error&) {
            isTold = true;
        }
        QVERIFY(isTold);
        std::stop_source stop;
        stop.request_stop();
        const auto file = raster([](int, int) { return 0.5F; });
        bool isCancelled = false;
        try {
            review::confidenceBands(request(file, {glacier("a", 0, 0, 10)}), Progress({}, stop.get_token()));
        } catch (const Cancelled&) {
            isCancelled = true;
        }
        QVERIFY(isCancelled);
    }
};

QTEST_APPLESS_MAIN(ConfidenceBandsTest)
#include "confidence_bands_test.moc"
