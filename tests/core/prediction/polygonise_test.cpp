// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/shape_operations.h"
#include "prediction/confidence.h"
#include "prediction/coverage.h"
#include "prediction/polygonise.h"

#include <cmath>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

geo::Grid gridOf(int columns, int rows) {
    return {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 100, columns, rows};
}

/// '#' is ice, '.' is none, '?' was not predicted.
Image<std::uint8_t> classesOf(const std::vector<std::string>& picture) {
    Image<std::uint8_t> classes(1, static_cast<int>(picture.size()),
                                static_cast<int>(picture.front().size()));
    for (int row = 0; row < classes.rows(); ++row) {
        for (int column = 0; column < classes.columns(); ++column) {
            const char pixel = picture[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
            classes.at(0, row, column) = pixel == '#' ? Glacier : (pixel == '?' ? NotPredicted : Background);
        }
    }
    return classes;
}

PolygoniseResult outlined(const std::vector<std::string>& picture, double minimumArea = 0) {
    const auto classes = classesOf(picture);
    return polygonise(classes, gridOf(classes.columns(), classes.rows()), minimumArea, OutlineForm::Raw);
}

} // namespace

class PolygoniseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGlacierIsOutlinedAlongItsPixels() {
        const auto result = outlined({"....", ".##.", ".##.", "...."});
        QCOMPARE(result.glaciers.size(), std::size_t{1});
        QCOMPARE(geo::extentOf(result.glaciers.front()), (geo::Extent{600100, 5199700, 600300, 5199900}));
        QCOMPARE(geo::planarArea(result.glaciers.front()), 40000.0);
    }

    void pixelsThatMeetOnlyAtACornerAreTwoGlaciers() {
        const auto result = outlined({"#.", ".#"});
        QCOMPARE(result.glaciers.size(), std::size_t{2});
    }

    void holesAreKept() {
        const auto result = outlined({"#####", "#...#", "#.#.#", "#...#", "#####"});
        QCOMPARE(result.glaciers.size(), std::size_t{2}); // the ring and the nunatak's own ice
        double whole = 0;
        std::size_t holes = 0;
        for (const auto& glacier : result.glaciers) {
            whole += geo::planarArea(glacier);
            holes += glacier.front().holes.size();
        }
        QCOMPARE(holes, std::size_t{1});
        QCOMPARE(whole, 17 * 10000.0);
    }

    void whatWasNotPredictedIsNoGlacier() {
        const auto result = outlined({"???", "?#?", "???"});
        QCOMPARE(result.glaciers.size(), std::size_t{1});
        QCOMPARE(geo::planarArea(result.glaciers.front()), 10000.0);
        QVERIFY(outlined({"??", ".."}).glaciers.empty());
    }

    void smallOnesAreDroppedAndCounted() {
        const auto result = outlined({"##...#", "##....", ".....#"}, 20000);
        QCOMPARE(result.glaciers.size(), std::size_t{1});
        QCOMPARE(result.dropped, 2);
    }

    void theSmallestAreaIsMeasuredOnTheEllipsoid() {
        // A pixel of a grid in degrees at 60° north: 0.001° × 0.001° is about 111 m × 56 m.
        const geo::Grid grid{geo::Crs::fromUserInput("EPSG:4326"), 10, 60, 0.001, 3, 3};
        Image<std::uint8_t> classes(1, 3, 3);
        classes.at(0, 1, 1) = Glacier;
        QCOMPARE(polygonise(classes, grid, 6000, OutlineForm::Raw).glaciers.size(), std::size_t{1});
        QCOMPARE(polygonise(classes, grid, 6500, OutlineForm::Raw).glaciers.size(), std::size_t{0});
    }

    void everyOutlineIsValidWhateverTheMask() {
        Image<std::uint8_t> classes(1, 120, 120);
        std::uint32_t state = 12345; // a linear congruential generator: the same speckle everywhere
        std::size_t ice = 0;
        for (auto& pixel : classes.values()) {
            state = state * 1664525U + 1013904223U;
            pixel = (state >> 24U) < 140U ? Glacier : Background;
            ice += pixel == Glacier ? 1U : 0U;
        }
        const auto result = polygonise(classes, gridOf(120, 120), 0, OutlineForm::Raw);
        double area = 0;
        for (const auto& glacier : result.glaciers) {
            QCOMPARE(glacier.size(), std::size_t{1});
            QCOMPARE(QString::fromStdString(geo::invalidReason(glacier)), QString());
            area += geo::planarArea(glacier);
        }
        QCOMPARE(area, static_cast<double>(ice) * 10000);
        // And back: the same pixels.
        const auto labels = rasterise(result.glaciers, gridOf(120, 120));
        for (std::size_t i = 0; i < labels.bandSize(); ++i) {
            QCOMPARE(labels.values()[i] != 0, classes.values()[i] == Glacier);
        }
    }

    void aPixelBelongsToAShapeThatHoldsItsMiddle() {
        geo::MultiPolygon shape{
            {{{600049, 5199949}, {600151, 5199949}, {600151, 5199851}, {600049, 5199851}}, {}}};
        const auto labels = rasterise({shape}, gridOf(3, 3));
        QCOMPARE(labels.at(0, 0, 0), 0); // its middle, 600050 5199950, lies just above
        QCOMPARE(labels.at(0, 1, 0), 0);
        shape = {{{{600049, 5199951}, {600151, 5199951}, {600151, 5199849}, {600049, 5199849}}, {}}};
        const auto more = rasterise({shape}, gridOf(3, 3));
        QCOMPARE(more.values(), (std::vector<std::int32_t>{1, 1, 0, 1, 1, 0, 0, 0, 0}));
    }

    void laterShapesWinAndHolesStayOpen() {
        const geo::MultiPolygon all{
            {{{600000, 5199500}, {600500, 5199500}, {600500, 5200000}, {600000, 5200000}},
             {{{600200, 5199700}, {600300, 5199700}, {600300, 5199800}, {600200, 5199800}}}}};
        const geo::MultiPolygon west{
            {{{600000, 5199500}, {600100, 5199500}, {600100, 5200000}, {600000, 5200000}}, {}}};
        const auto labels = rasterise({all, {}, west}, gridOf(5, 5));
        QCOMPARE(labels.at(0, 0, 0), 3);
        QCOMPARE(labels.at(0, 0, 1), 1);
        QCOMPARE(labels.at(0, 2, 2), 0);
        QCOMPARE(labels.at(0, 4, 4), 1);
    }

    void shapesBeyondTheGridAreNoTrouble() {
        const geo::MultiPolygon far{{{{700000, 5100000}, {700100, 5100000}, {700100, 5100100}}, {}}};
        const geo::MultiPolygon around{
            {{{500000, 5000000}, {700000, 5000000}, {700000, 5400000}, {500000, 5400000}}, {}}};
        QCOMPARE(rasterise({far}, gridOf(2, 2)).values(), (std::vector<std::int32_t>{0, 0, 0, 0}));
        QCOMPARE(rasterise({around}, gridOf(2, 2)).values(), (std::vector<std::int32_t>{1, 1, 1, 1}));
    }

    void touchedPixelsAreAllThatAShapeReaches() {
        const geo::MultiPolygon sliver{
            {{{600010, 5199990}, {600290, 5199985}, {600290, 5199980}, {600010, 5199985}}, {}}};
        QCOMPARE(rasterise({sliver}, gridOf(4, 2)).values(), std::vector<std::int32_t>(8, 0));
        QCOMPARE(touchedPixels({sliver}, gridOf(4, 2)).values(),
                 (std::vector<std::int32_t>{1, 1, 1, 0, 0, 0, 0, 0}));
    }

    void coverageIsTheShareOfEachPixelThatLiesInAShape() {
        const auto grid = gridOf(4, 3);
        const auto at = [&](double column, double row) { return grid.toMap(column, row); };
        // A triangle, in either direction; a square with a hole, half beyond the grid; two that share a line.
        const geo::Ring triangle{at(0, 0), at(0, 2), at(2, 2)};
        const geo::Ring reversed(triangle.rbegin(), triangle.rend());
        for (const auto& ring : {triangle, reversed}) {
            const auto shares = coverage({{{ring, {}}}}, grid);
            QCOMPARE(shares.at(0, 0, 0), 0.5F);
            QCOMPARE(shares.at(0, 1, 0), 1.0F);
            QCOMPARE(shares.at(0, 1, 1), 0.5F);
            QCOMPARE(shares.at(0, 0, 1), 0.0F);
            QCOMPARE(shares.at(0, 2, 0), 0.0F);
        }
        const geo::Ring square{at(-2, -1), at(-2, 2.5), at(2.5, 2.5), at(2.5, -1)};
        const geo::Ring hole{at(0.25, 0.5), at(1, 0.5), at(1, 1), at(0.25, 1)};
        const auto shares = coverage({{{square, {hole}}}}, grid);
        QVERIFY(std::abs(shares.at(0, 0, 0) - 0.625F) < 1e-6F);
        QVERIFY(std::abs(shares.at(0, 1, 2) - 0.5F) < 1e-6F);
        QVERIFY(std::abs(shares.at(0, 2, 2) - 0.25F) < 1e-6F);
        QCOMPARE(shares.at(0, 2, 3), 0.0F);
        const geo::Ring west{at(0, 0), at(0.3, 3), at(1.7, 3), at(1.1, 0)};
        const geo::Ring east{at(1.1, 0), at(1.7, 3), at(9, 3), at(9, 0)};
        const auto both = coverage({{{west, {}}}, {{east, {}}}}, grid);
        for (int row = 0; row < 3; ++row) {
            for (int column = 1; column < 4; ++column) {
                QVERIFY(std::abs(both.at(0, row, column) - 1) < 1e-6F);
            }
        }
        double area = 0;
        const auto alone = coverage({{{west, {}}}}, grid);
        for (const float share : alone.values()) {
            area += static_cast<double>(share);
        }
        QVERIFY(std::abs(area - (1.1 + 1.4) / 2 * 3) < 1e-5);
    }

    void aMapThatDoesNotFitItsGridIsRefused() {
        QVERIFY_EXCEPTION_THROWN(polygonise(Image<std::uint8_t>(1, 2, 2), gridOf(3, 2), 0, OutlineForm::Raw),
                                 Error);
    }
};

QTEST_GUILESS_MAIN(PolygoniseTest)
#include "polygonise_test.moc"
