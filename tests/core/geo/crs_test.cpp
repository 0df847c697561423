// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/antimeridian.h"
#include "geo/cell_transform.h"
#include "geo/crs.h"
#include "geo/equal_area.h"
#include "geo/shape_operations.h"

#include <QtTest>

#include <cmath>
#include <numbers>
#include <optional>
#include <thread>
#include <vector>

using namespace nunatak;
using namespace nunatak::geo;

namespace {

std::string refusalOf(const std::string& definition) {
    try {
        Crs::fromUserInput(definition);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// WKT 1 as a shapefile's .prj has it: ESRI's names, no EPSG code.
const char* const esriUtm32 =
    R"(PROJCS["WGS_1984_UTM_Zone_32N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])";

} // namespace

class CrsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEpsgCodeTellsWhatItIs() {
        const Crs crs = Crs::fromUserInput("EPSG:32645");
        QVERIFY(!crs.empty());
        QCOMPARE(crs.name(), std::string("WGS 84 / UTM zone 45N"));
        QCOMPARE(crs.epsg(), std::optional<int>(32645));
        QVERIFY(crs.isProjected());
        QVERIFY(!crs.isGeographic());
        QVERIFY(crs.isUtmOrPolarStereographic());
        QCOMPARE(crs.metresPerUnit(), 1.0);
    }

    void aUtmZoneWhoseDatumIsNotNamedIsThatOfItsEllipsoid() {
        // As HLS' L30 files have it.
        const auto zone = [](const char* datum, const char* northing) {
            return Crs::fromUserInput(
                std::string("PROJCRS[\"UTM Zone 11\",BASEGEOGCRS[\"Unknown\",DATUM[\"") + datum +
                "\",ELLIPSOID[\"WGS 84\",6378137,298.257223563]]],CONVERSION[\"Transverse "
                "Mercator\",METHOD[\"Transverse "
                "Mercator\",ID[\"EPSG\",9807]],PARAMETER[\"Latitude of natural "
                "origin\",0,ANGLEUNIT[\"degree\","
                "0.0174532925199433],ID[\"EPSG\",8801]],PARAMETER[\"Longitude of natural "
                "origin\",-117,ANGLEUNIT[\"degree\","
                "0.0174532925199433],ID[\"EPSG\",8802]],PARAMETER[\"Scale factor at natural "
                "origin\",0.9996,SCALEUNIT["
                "\"unity\",1],ID[\"EPSG\",8805]],PARAMETER[\"False "
                "easting\",500000,LENGTHUNIT[\"metre\",1],ID[\"EPSG\","
                "8806]],PARAMETER[\"False northing\"," +
                northing +
                ",LENGTHUNIT[\"metre\",1],ID[\"EPSG\",8807]]],CS[Cartesian,2],AXIS[\"easting\",east,ORDER[1],"
                "LENGTHUNIT["
                "\"metre\",1]],AXIS[\"northing\",north,ORDER[2],LENGTHUNIT[\"metre\",1]]]");
        };
        const char* const unnamed = "Not specified (based on WGS 84 spheroid)";
        QCOMPARE(zone(unnamed, "0").epsg(), std::optional<int>(32611));
        QVERIFY(zone(unnamed, "0") == Crs::fromUserInput("EPSG:32611"));
        QCOMPARE(zone(unnamed, "10000000").epsg(), std::optional<int>(32711));
        // A datum that has a name is another one.
        QVERIFY(zone("Some island's own", "0").epsg() != std::optional<int>(32611));
    }

    void aTransformInSquaresIsTheExactOneToATenThousandthOfAMillimetre_data() {
        QTest::addColumn<int>("epsg");
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<double>("reach");
        QTest::newRow("the Alps") << 32632 << 640000.0 << 5190000.0 << 60000.0;
        QTest::newRow("Svalbard, from a zone beside it") << 32633 << 200000.0 << 8800000.0 << 60000.0;
        QTest::newRow("Patagonia") << 32718 << 600000.0 << 4500000.0 << 60000.0;
        QTest::newRow("Greenland, polar stereographic") << 3413 << -300000.0 << -2000000.0 << 60000.0;
        QTest::newRow("around the pole") << 3413 << 0.0 << 0.0 << 30000.0;
        QTest::newRow("across 180 degrees") << 3571 << 0.0 << -1500000.0 << 60000.0;
        QTest::newRow("Lambert's conic") << 2154 << 1000000.0 << 6530000.0 << 60000.0;
    }
    void aTransformInSquaresIsTheExactOneToATenThousandthOfAMillimetre() {
        QFETCH(int, epsg);
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(double, reach);
        const Crs from = Crs::fromUserInput("EPSG:" + std::to_string(epsg));
        const Crs degrees = Crs::fromUserInput("EPSG:4326");
        std::vector<Point> points;
        for (int i = 0; i < 3000; ++i) { // no pattern, and many squares
            points.push_back({x + reach * std::sin(1.7 * i), y + reach * std::sin(2.3 * i + 1)});
        }
        auto found = points;
        CellTransform(from, degrees).apply(found);
        CoordinateTransform(from, degrees).apply(points);
        for (std::size_t i = 0; i < points.size(); ++i) {
            QVERIFY(std::abs(found[i].x - points[i].x) <= 2e-12);
            QVERIFY(std::abs(found[i].y - points[i].y) <= 2e-12);
        }
    }

    void anOutlineAroundAPoleStaysAsItWasWhereItCannotBeUnwrapped() {
        MultiPolygon around{{{{0, 80}, {120, 80}, {-120, 80}}, {}}};
        const MultiPolygon before = around;
        QVERIFY_EXCEPTION_THROWN(unwrap(around), Error);
        QVERIFY(around == before);
        MultiPolygon across{{{{179, 0}, {-179, 0}, {-179, 1}}, {}}};
        unwrap(across);
        QVERIFY((across == MultiPolygon{{{{179, 0}, {181, 0}, {181, 1}}, {}}}));
    }

    void theEqualAreaPlaneHasTheAreaOfTheEllipsoid() {
        const Crs utm = Crs::fromUserInput("EPSG:32632");
        const Crs degrees = Crs::fromUserInput("EPSG:4326");
        const MultiPolygon shape{
            {{{640000, 5190000}, {641000, 5190000}, {641000, 5191000}, {640000, 5191000}},
             {{{640400, 5190400}, {640400, 5190600}, {640600, 5190600}}}}};
        const double area = equalAreaOf(CoordinateTransform(utm, degrees)(shape));
        QVERIFY(std::abs(area - geodesicArea(shape, utm)) < 1e-5 * area);
        QVERIFY(std::abs(area - 980'000) < 2000);
    }

    void theEqualAreaPlaneIsThatOfTheFormulaAtAllLatitudes() {
        // Snyder (1987), equations 10-15 and 3-12: between two meridians and two parallels the area is
        // a²/2 · Δλ · Δq.
        const double squared = (2 - 1 / 298.257223563) / 298.257223563;
        const double e = std::sqrt(squared);
        const double radians = std::numbers::pi / 180;
        const auto q = [&](double latitude) {
            const double s = std::sin(latitude * radians);
            return (1 - squared) * (s / (1 - squared * s * s) + std::atanh(e * s) / e);
        };
        for (const double height : {0.001, 0.1, 5.0, 40.0}) { // of a small glacier, and of none
            for (double south = -90; south + height <= 90; south += 7.3) {
                const MultiPolygon shape{
                    {{{7, south}, {7.5, south}, {7.5, south + height}, {7, south + height}}, {}}};
                const double wanted =
                    6378137.0 * 6378137.0 / 2 * 0.5 * radians * (q(south + height) - q(south));
                const double found = equalAreaOf(shape);
                QVERIFY2(std::abs(found - wanted) <= 1e-9 * wanted + 1e-3,
                         qPrintable(QString("%1 %2: %3, %4").arg(height).arg(south).arg(found).arg(wanted)));
            }
        }
    }

    void aPointIsTransformedTheSameWhateverComesBeforeIt() {
        const Crs from = Crs::fromUserInput("EPSG:32632");
        CellTransform transform(from, Crs::fromUserInput("EPSG:4326"));
        std::vector<Point> points;
        for (int i = 0; i < 500; ++i) { // on the borders of squares, and just beside them
            points.push_back({std::nextafter(40'000.0 * (11 + i % 3), i % 2 == 0 ? 0.0 : 1e9),
                              40'000.0 * (128 + i % 5) + (i % 7 == 0 ? 0.0 : 12.5 * i)});
        }
        auto together = points;
        transform.apply(together);
        for (std::size_t i = 0; i < points.size(); ++i) {
            transform.apply({&points[i], 1});
            QVERIFY(points[i] == together[i]);
        }
    }

    void degreesAreRecognised() {
        const Crs crs = Crs::fromUserInput("EPSG:4326");
        QVERIFY(crs.isGeographic());
        QVERIFY(!crs.isProjected());
        QVERIFY(!crs.isUtmOrPolarStereographic());
        QVERIFY(std::abs(crs.metresPerUnit() - 1) < 1e-12);
    }

    void feetAreConvertedToMetres() {
        const Crs crs = Crs::fromUserInput("EPSG:2263"); // New York, US survey feet
        QVERIFY(crs.isProjected());
        QVERIFY(std::abs(crs.metresPerUnit() - 1200.0 / 3937.0) < 1e-12);
    }

    void textOfAnyKindNamesTheSameSystem() {
        const Crs code = Crs::fromUserInput("EPSG:32632");
        QCOMPARE(Crs::fromUserInput("32632"), code);
        QCOMPARE(Crs::fromUserInput(" epsg:32632 "), code);
        QCOMPARE(Crs::fromUserInput(esriUtm32), code);
        QCOMPARE(Crs::fromUserInput("+proj=utm +zone=32 +datum=WGS84 +units=m +no_defs"), code);
        QCOMPARE(Crs::fromUserInput("WGS 84 / UTM zone 32N"), code);
        QCOMPARE(Crs::fromUserInput(code.wkt()), code);
        QVERIFY(!(Crs::fromUserInput("EPSG:32633") == code));
        QVERIFY(!(Crs() == code));
        QCOMPARE(Crs(), Crs());
    }

    void aShapefilesTextIsIdentified() {
        const Crs crs = Crs::fromUserInput(esriUtm32);
        QCOMPARE(crs.epsg(), std::optional<int>(32632));
        QVERIFY(crs.isUtmOrPolarStereographic());
    }

    void heightsOfACompoundSystemAreLeftOut() {
        const Crs crs = Crs::fromUserInput("EPSG:32645+5773");
        QCOMPARE(crs, Crs::fromUserInput("EPSG:32645"));
    }

    void polarStereographicCountsAndWebMercatorDoesNot() {
        QVERIFY(Crs::fromUserInput("EPSG:3413").isUtmOrPolarStereographic());
        QVERIFY(Crs::fromUserInput("EPSG:3031").isUtmOrPolarStereographic());
        QVERIFY(Crs::fromUserInput("EPSG:32733").isUtmOrPolarStereographic());
        QVERIFY(Crs::fromUserInput("EPSG:25832").isUtmOrPolarStereographic()); // UTM on ETRS89
        QVERIFY(!Crs::fromUserInput("EPSG:3857").isUtmOrPolarStereographic());
        QVERIFY(!Crs::fromUserInput("EPSG:31254").isUtmOrPolarStereographic()); // Austria: not a UTM meridian
    }

    void nonsenseIsRefusedInOneSentence() {
        for (const char* text :
             {"", "EPSG:999999", "no such thing", "utm45", "PROJCS[\"broken\"", "+proj=nonsense"}) {
            const std::string message = refusalOf(text);
            QVERIFY2(message.find("is not a coordinate system") != std::string::npos, text);
            QVERIFY2(message.find(text) != std::string::npos, text);
            QVERIFY2(message.find('\n') == std::string::npos, text);
        }
    }

    void utmZonesAreFoundAllAroundTheWorld() {
        QCOMPARE(Crs::utmAround(86.9, 28).epsg(), std::optional<int>(32645));
        QCOMPARE(Crs::utmAround(10.8, 46.8).epsg(), std::optional<int>(32632));
        QCOMPARE(Crs::utmAround(-73.2, -50).epsg(), std::optional<int>(32718));
        QCOMPARE(Crs::utmAround(-180, 10).epsg(), std::optional<int>(32601));
        QCOMPARE(Crs::utmAround(180, 10).epsg(), std::optional<int>(32601));
        QCOMPARE(Crs::utmAround(446.9, 28).epsg(), std::optional<int>(32645));
        QCOMPARE(Crs::utmAround(0, 87).epsg(), std::optional<int>(3413));
        QCOMPARE(Crs::utmAround(0, -87).epsg(), std::optional<int>(3031));
        QCOMPARE(Crs::utmAround(5.5, 60.5).epsg(), std::optional<int>(32632)); // Bergen belongs to zone 32
        QCOMPARE(Crs::utmAround(11, 78.5).epsg(), std::optional<int>(32633));  // Spitsbergen to zone 33
        QVERIFY_EXCEPTION_THROWN(Crs::utmAround(10, 91), Error);
    }

    void aProjectTakesOverUtmAndChoosesAZoneOtherwise() {
        const Crs utm = Crs::fromUserInput("EPSG:32644");
        QCOMPARE(defaultProjectCrs(utm, {}), utm);
        QCOMPARE(defaultProjectCrs(Crs::fromUserInput("EPSG:4326"), {86.6, 27.7, 87.2, 28.3}).epsg(),
                 std::optional<int>(32645));
        QCOMPARE(defaultProjectCrs(Crs::fromUserInput("EPSG:3857"), {1.20e6, 5.90e6, 1.22e6, 5.92e6}).epsg(),
                 std::optional<int>(32632));
        QVERIFY_EXCEPTION_THROWN(defaultProjectCrs(Crs::fromUserInput("EPSG:4326"), {}), Error);
    }

    void coordinatesGoThereAndBack() {
        const Crs degrees = Crs::fromUserInput("EPSG:4326");
        const Crs utm = Crs::fromUserInput("EPSG:32645");
        const CoordinateTransform there(degrees, utm);
        const CoordinateTransform back(utm, degrees);
        // Longitude first. Everest's summit; 7.36 km west of the meridian of zone 45.
        const Point summit = there(Point{86.9251, 27.9881});
        QVERIFY2(std::abs(summit.x - 492635) < 30, qPrintable(QString::number(summit.x)));
        QVERIFY2(std::abs(summit.y - 3095891) < 60, qPrintable(QString::number(summit.y)));
        const Point again = back(summit);
        QVERIFY(std::abs(again.x - 86.9251) < 1e-9);
        QVERIFY(std::abs(again.y - 27.9881) < 1e-9);
    }

    void theSameSystemIsTheIdentity() {
        const CoordinateTransform transform(Crs::fromUserInput("EPSG:32632"), Crs::fromUserInput(esriUtm32));
        QVERIFY(transform.isIdentity());
        QCOMPARE(transform(Point{1, 2}), (Point{1, 2}));
    }

    void polygonsKeepTheirRings() {
        const CoordinateTransform transform(Crs::fromUserInput("EPSG:32632"),
                                            Crs::fromUserInput("EPSG:4326"));
        const MultiPolygon shape{{{{500000, 5e6}, {501000, 5e6}, {501000, 5.001e6}},
                                  {{{500500, 5.0001e6}, {500600, 5.0001e6}, {500600, 5.0002e6}}}}};
        const MultiPolygon degrees = transform(shape);
        QCOMPARE(degrees.size(), std::size_t(1));
        QCOMPARE(degrees[0].outer.size(), std::size_t(3));
        QCOMPARE(degrees[0].holes.size(), std::size_t(1));
        QVERIFY(std::abs(degrees[0].outer[0].x - 9) < 1e-9);
        QVERIFY(degrees[0].holes[0][0].x > 9);
    }

    void aTransformedExtentHoldsEveryPointOfTheOldOne() {
        const Crs degrees = Crs::fromUserInput("EPSG:4326");
        const Crs utm = Crs::fromUserInput("EPSG:32632");
        const Extent wide{3, 60, 15, 62};
        const Extent projected = CoordinateTransform(degrees, utm)(wide);
        const CoordinateTransform there(degrees, utm);
        for (double x = 3; x <= 15; x += 0.25) {
            for (const double y : {60.0, 61.0, 62.0}) {
                // The southern edge bulges to the south of the corners: corners alone would cut it off.
                QVERIFY(projected.grown(1.0).contains(there(Point{x, y})));
            }
        }
    }

    void theExtentOfAPolarSceneHoldsThePole() {
        const CoordinateTransform transform(Crs::fromUserInput("EPSG:3413"), Crs::fromUserInput("EPSG:4326"));
        const Extent degrees = transform(Extent{-200000, -100000, 100000, 300000});
        QVERIFY(std::abs(degrees.ymax - 90) < 1e-6);
        QVERIFY(degrees.width() > 359);
    }

    void aPointThatCannotBeExpressedIsAnError() {
        const CoordinateTransform transform(Crs::fromUserInput("EPSG:4326"), Crs::fromUserInput("EPSG:3413"));
        try {
            transform(Point{10, 4000});
            QFAIL("a latitude of 4000 degrees was accepted");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("4000") != std::string::npos);
        }
        QVERIFY_EXCEPTION_THROWN(CoordinateTransform(Crs(), Crs::fromUserInput("EPSG:4326")), Error);
    }

    void severalThreadsTransformAtOnce() {
        std::vector<std::thread> threads;
        std::array<double, 4> east{};
        for (std::size_t i = 0; i < east.size(); ++i) {
            threads.emplace_back([i, &east] {
                const CoordinateTransform transform(Crs::fromUserInput("EPSG:4326"),
                                                    Crs::fromUserInput("EPSG:32645"));
                for (int k = 0; k < 100; ++k) {
                    east[i] = transform(Point{87, 28}).x;
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const double x : east) {
            QVERIFY(std::abs(x - 500000) < 1e-6);
        }
    }
};

QTEST_APPLESS_MAIN(CrsTest)
#include "crs_test.moc"
