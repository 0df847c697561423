// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "core/raster/raster_fixtures.h"
#include "scene/scene_reader.h"

#include <QtTest>

#include <atomic>
#include <numbers>
#include <thread>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

namespace {

bool close(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

SceneReader readerOf(const Scene& scene) {
    return SceneReader(scene, std::make_shared<raster::ReaderPool>());
}

} // namespace

class SceneReaderTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    std::string at(const char* name) const { return (folder() / name).string(); }

    Scene exampleScene() const {
        return sceneFromRasters({{"optical", at("six.tif")}, {"dem", at("dem.tif")}}, "test", "", "");
    }

private Q_SLOTS:
    void initTestCase() {
        writeTiff(
            at("six.tif"),
            {.columns = 200, .rows = 160, .bands = 6, .type = GDT_UInt16, .value = [](int b, int c, int r) {
                 return 1000 * b + std::round(999 * noise(b, c, r));
             }});
        // Hills of a few hundred metres on 0.0008°, about 60 m by 90 m.
        TiffFixture dem{.columns = 180, .rows = 120, .type = GDT_Int16, .crs = "EPSG:4326"};
        dem.transform = {10.27, 0.0008, 0, 46.98, 0, -0.0008};
        dem.noData = -32768;
        dem.value = [](int, int c, int r) {
            return std::round(2500 + 300 * std::sin(c / 9.0) + 200 * std::cos(r / 7.0) + 40 * noise(1, c, r));
        };
        writeTiff(at("dem.tif"), dem);
    }

    void reflectanceIsScaled() {
        const Scene scene = exampleScene();
        const Image<float> values = readerOf(scene).read("optical", {"red", "blue"}, scene.grid);
        QCOMPARE(values.bands(), 2);
        const double red = (3000 + std::round(999 * noise(3, 17, 11))) * 0.0001;
        const double blue = (1000 + std::round(999 * noise(1, 17, 11))) * 0.0001;
        QVERIFY(close(values.at(0, 11, 17), red, 1e-6));
        QVERIFY(close(values.at(1, 11, 17), blue, 1e-6));
    }

    void bandsOfSeveralFilesComeInTheOrderAsked() {
        writeTiff(at("a.tif"),
                  {.columns = 20, .rows = 20, .bands = 2, .value = [](int b, int, int) { return b; }});
        writeTiff(at("b.tif"),
                  {.columns = 20, .rows = 20, .bands = 1, .value = [](int, int, int) { return 0.5; }});
        const Scene scene = sceneFromRasters(
            {{"optical", at("a.tif") + ":red,nir"}, {"optical", at("b.tif") + ":green"}}, "", "", "");
        const Image<float> values =
            readerOf(scene).read("optical", {"nir", "green", "red", "nir"}, scene.grid.window(3, 3, 4, 4));
        QCOMPARE(values.at(0, 0, 0), 2.0F);
        QCOMPARE(values.at(1, 0, 0), 0.5F);
        QCOMPARE(values.at(2, 0, 0), 1.0F);
        QCOMPARE(values.at(3, 0, 0), 2.0F);
    }

    void aBandThatTheSceneLacksIsNamed() {
        const Scene scene = exampleScene();
        const SceneReader reader = readerOf(scene);
        QVERIFY(reader.has("optical", {"red", "swir2"}));
        QVERIFY(reader.has("dem", {"elevation", "slope"}));
        QVERIFY(!reader.has("thermal", {"thermal"}));
        QVERIFY(!reader.has("optical", {"red", "thermal"}));
        try {
            reader.read("thermal", {"thermal"}, scene.grid);
            QFAIL("a band was read that is not there");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("thermal") != std::string::npos);
        }
    }

    void everyWindowAgreesWithTheWhole_data() {
        QTest::addColumn<double>("pixelSize");
        for (const double size : {10.0, 30.0, 90.0, 200.0}) {
            QTest::addRow("%g m", size) << size;
        }
    }

    void everyWindowAgreesWithTheWhole() {
        QFETCH(double, pixelSize);
        const Scene scene = exampleScene();
        const SceneReader reader = readerOf(scene);
        const geo::Grid grid = scene.grid.atPixelSize(pixelSize);
        const std::vector<std::string> bands{"elevation", "slope"};
        const Image<float> whole = reader.read("dem", bands, grid);
        std::mt19937 random(5);
        for (int i = 0; i < 8; ++i) {
            const int columns = 1 + static_cast<int>(random() % static_cast<unsigned>(grid.columns / 2));
            const int rows = 1 + static_cast<int>(random() % static_cast<unsigned>(grid.rows / 2));
            const int column = static_cast<int>(random() % static_cast<unsigned>(grid.columns - columns));
            const int row = static_cast<int>(random() % static_cast<unsigned>(grid.rows - rows));
            const Image<float> part = reader.read("dem", bands, grid.window(column, row, columns, rows));
            for (int b = 0; b < 2; ++b) {
                for (int r = 0; r < rows; ++r) {
                    for (int c = 0; c < columns; ++c) {
                        QVERIFY(same(part.at(b, r, c), whole.at(b, row + r, column + c)));
                        QVERIFY(!std::isnan(part.at(b, r, c)));
                    }
                }
            }
        }
    }

    void slopeIsThatOfTheGroundInMetresAlsoFromDegrees() {
        // A plane in metres of the zone, stored on degrees: rises 0.3 m per metre eastward.
        TiffFixture dem{.columns = 300, .rows = 200, .crs = "EPSG:4326"};
        dem.transform = {10.25, 0.0005, 0, 46.98, 0, -0.0005};
        const geo::CoordinateTransform toMetres(geo::Crs::fromUserInput("EPSG:4326"),
                                                geo::Crs::fromUserInput("EPSG:32632"));
        dem.value = [&](int, int c, int r) {
            const geo::Point p = toMetres(geo::Point{10.25 + (c + 0.5) * 0.0005, 46.98 - (r + 0.5) * 0.0005});
            return 2000 + 0.3 * (p.x - 600000);
        };
        writeTiff(at("plane.tif"), dem);
        const Scene scene =
            sceneFromRasters({{"optical", at("six.tif")}, {"dem", at("plane.tif")}}, "", "", "");
        const Image<float> slope = readerOf(scene).read("dem", {"slope"}, scene.grid);
        const double expected = std::atan(0.3) * 180 / std::numbers::pi;
        for (const float value : slope.values()) {
            QVERIFY2(close(value, expected, 0.05), qPrintable(QString::number(value)));
        }
    }

    void slopeIsComputedAtTheElevationModelsOwnPosting() {
        // Ridges of one posting's width: at 30 m they are steep, at the network's 10 m they must be just as
        // steep, and not the steps that interpolated heights would have.
        writeTiff(at("ridges.tif"), {.columns = 240,
                                     .rows = 200,
                                     .transform = {599400, 30, 0, 5200600, 0, -30},
                                     .value = [](int, int c, int) { return 100.0 * (c / 4 % 2); }});
        const Scene scene =
            sceneFromRasters({{"optical", at("six.tif")}, {"dem", at("ridges.tif")}}, "", "", "");
        const SceneReader reader = readerOf(scene);
        const Image<float> posting = reader.read("dem", {"slope"}, scene.grid);
        const Image<float> fine = reader.read("dem", {"slope"}, scene.grid.atPixelSize(10));
        // 60 m on the map are 60.02 m on the ground, one degree from the zone's middle.
        QVERIFY(close(posting.at(0, 50, 51), std::atan(100.0 / 60.02) * 180 / std::numbers::pi, 2e-3));
        for (int r = 1; r < 150; r += 10) {
            for (int c = 1; c < 190; ++c) {
                QVERIFY(close(fine.at(0, 3 * r + 1, 3 * c + 1), posting.at(0, r, c), 1e-3));
            }
        }
    }

    void aGivenSlopeIsNotComputed() {
        writeTiff(at("slope.tif"),
                  {.columns = 220, .rows = 180, .value = [](int, int, int) { return 12.5; }});
        const Scene scene = sceneFromRasters(
            {{"optical", at("six.tif")}, {"dem", at("dem.tif")}, {"dem", at("slope.tif") + ":slope"}}, "", "",
            "");
        QCOMPARE(readerOf(scene).read("dem", {"slope"}, scene.grid).at(0, 10, 10), 12.5F);
    }

    void voidsOfTheElevationModelStayNothing() {
        TiffFixture dem{.columns = 180, .rows = 120, .type = GDT_Int16, .crs = "EPSG:4326"};
        dem.transform = {10.27, 0.0008, 0, 46.98, 0, -0.0008};
        dem.value = [](int, int c, int r) { return std::hypot(c - 60, r - 40) < 6 ? -32768 : 2500 + c; };
        writeTiff(at("voids.tif"), dem);
        Scene scene = sceneFromRasters({{"optical", at("six.tif")}, {"dem", at("voids.tif")}}, "", "", "");
        scene.rasters.back().fillVoids = false; // as a scene.json may have it
        const Image<float> values = readerOf(scene).read("dem", {"elevation", "slope"}, scene.grid);
        int voids = 0;
        for (int r = 0; r < scene.grid.rows; ++r) {
            for (int c = 0; c < scene.grid.columns; ++c) {
                const float height = values.at(0, r, c);
                voids += std::isnan(height) ? 1 : 0;
                QVERIFY(std::isnan(height) || (height >= 2500 && height < 2680));
                QVERIFY(std::isnan(values.at(1, r, c)) || values.at(1, r, c) < 2);
            }
        }
        QVERIFY(voids > 100);
    }

    void severalThreadsReadAtOnce() {
        const Scene scene = exampleScene();
        const SceneReader reader = readerOf(scene);
        const geo::Grid window = scene.grid.window(20, 20, 90, 90);
        const std::vector<std::string> bands{"elevation", "slope"};
        const Image<float> expected = reader.read("dem", bands, window);
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 5; ++i) {
                    const Image<float> found = reader.read("dem", bands, window);
                    for (std::size_t k = 0; k < found.values().size(); ++k) {
                        wrong += same(found.values()[k], expected.values()[k]) ? 0 : 1;
                    }
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        QCOMPARE(wrong.load(), 0);
    }

    void readingCanBeStopped() {
        const Scene scene = exampleScene();
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            readerOf(scene).read("optical", {"red"}, scene.grid, Progress({}, stop.get_token())), Cancelled);
    }
};

QTEST_APPLESS_MAIN(SceneReaderTest)
#include "scene_reader_test.moc"
