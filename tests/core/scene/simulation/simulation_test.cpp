// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "raster/raster_reader.h"
#include "scene/scene_reader.h"
#include "scene/simulate.h"

#include <QtTest>

#include <cmath>
#include <fstream>
#include <functional>
#include <tuple>

using namespace nunatak;
using namespace nunatak::scene;

namespace {

namespace fs = std::filesystem;

SimulationOptions small(std::uint64_t seed) {
    SimulationOptions options;
    options.seed = seed;
    options.columns = 160;
    options.rows = 128;
    return options;
}

std::vector<float> pixelsOf(const fs::path& file) {
    const raster::RasterReader reader(file.string());
    std::vector<int> bands;
    for (std::size_t i = 1; i <= reader.info().bands.size(); ++i) {
        bands.push_back(static_cast<int>(i));
    }
    const int columns = reader.info().columns;
    const int rows = reader.info().rows;
    return reader.readWindow(bands, {0, 0, columns, rows}, columns, rows).values();
}

} // namespace

class SimulationTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    Simulation m_simulation;

private Q_SLOTS:
    void initTestCase() { m_simulation = simulate(small(7), m_folder.filePath("scene").toStdString()); }

    void aSceneTellsWhereTheSunStood() {
        const auto scene = loadScene(m_simulation.sceneJson);
        QVERIFY(scene.sunElevation.value() > 40 && scene.sunElevation.value() < 60); // in August, 47° N
        QVERIFY(scene.sunAzimuth.value() > 120 && scene.sunAzimuth.value() < 165);   // in the morning
    }

    void theMaskOfCloudsIsOfTheCloudsInThePicture() {
        auto options = small(7);
        options.cloud = 0.4;
        options.features = {"optical", "dem", "quality"};
        const auto cloudy = simulate(options, m_folder.filePath("cloudy").toStdString());
        const SceneReader reader(loadScene(cloudy.sceneJson), std::make_shared<raster::ReaderPool>());
        const auto& grid = reader.scene().grid;
        const auto flags = reader.read("quality", {"cloud", "cloud_shadow"}, grid);
        const auto blue = reader.read("optical", {"blue"}, grid);
        const SceneReader clear(loadScene(m_simulation.sceneJson), std::make_shared<raster::ReaderPool>());
        const auto before = clear.read("optical", {"blue"}, grid);
        int cloud = 0;
        int brighter = 0;
        int shadow = 0;
        int darker = 0;
        for (std::size_t i = 0; i < flags.bandSize(); ++i) {
            if (flags.band(0)[i] > 0 && before.values()[i] < 0.3F) {
                ++cloud;
                brighter += blue.values()[i] > before.values()[i] + 0.05F ? 1 : 0;
            } else if (flags.band(1)[i] > 0 && flags.band(0)[i] == 0) {
                ++shadow;
                darker += blue.values()[i] < before.values()[i] ? 1 : 0;
            }
        }
        QVERIFY(cloud > 1000 && shadow > 500);
        QVERIFY2(brighter > 0.97 * cloud, qPrintable(QString("%1 of %2").arg(brighter).arg(cloud)));
        QVERIFY2(darker > 0.6 * shadow, qPrintable(QString("%1 of %2").arg(darker).arg(shadow)));
    }

    void theSameSeedGivesTheSameSceneAndAnotherSeedAnother() {
        const auto again = simulate(small(7), m_folder.filePath("again").toStdString());
        const auto other = simulate(small(8), m_folder.filePath("other").toStdString());
        const auto folder = m_simulation.sceneJson.parent_path();
        for (const char* name : {"optical.tif", "elevation.tif"}) {
            const auto pixels = pixelsOf(folder / name);
            QVERIFY(pixels == pixelsOf(again.sceneJson.parent_path() / name));
            QVERIFY(pixels != pixelsOf(other.sceneJson.parent_path() / name));
        }
        const auto crs = geo::Crs::fromUserInput("EPSG:32632");
        const auto first = exchange::readOutlines(m_simulation.truth, crs).outlines;
        const auto second = exchange::readOutlines(again.truth, crs).outlines;
        QCOMPARE(first.size(), second.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            QVERIFY(first[i] == second[i]);
        }
        QCOMPARE(loadScene(m_simulation.sceneJson).id, loadScene(again.sceneJson).id);
    }

    /// The pixels that every machine must get: a number changes only when somebody changes the simulator.
    void theSeedGivesThesePixelsOnEveryMachine() {
        const auto folder = m_simulation.sceneJson.parent_path();
        std::uint64_t hash = 0xCBF29CE484222325ULL; // FNV-1a
        const auto add = [&](const std::vector<float>& pixels, double scale) {
            for (const float pixel : pixels) {
                const auto stored =
                    static_cast<std::uint64_t>(std::llround(static_cast<double>(pixel) * scale));
                hash = (hash ^ stored) * 0x100000001B3ULL;
            }
        };
        add(pixelsOf(folder / "optical.tif"), 10000);
        add(pixelsOf(folder / "elevation.tif"), 10);
        QCOMPARE(QString::number(hash, 16), QString("3d75ad90f925700f"));
    }

    void theSceneHasSixBandsOfReflectanceAndElevationOnOneGrid() {
        const auto scene = loadScene(m_simulation.sceneJson);
        QCOMPARE(scene.grid.columns, 160);
        QCOMPARE(scene.grid.rows, 128);
        QCOMPARE(scene.grid.pixelSize, 30.0);
        QCOMPARE(scene.grid.crs.epsg().value_or(0), 32632);
        QCOMPARE(scene.date, std::string("2020-08-20"));
        QCOMPARE(scene.bands("optical"),
                 (std::vector<std::string>{"blue", "green", "red", "nir", "swir1", "swir2"}));
        QVERIFY(scene.hasBand("dem", "elevation"));
        const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        const auto optical = reader.read("optical", scene.bands("optical"), scene.grid);
        for (const float value : optical.values()) {
            QVERIFY(value >= 0 && value <= 1.6F);
        }
        const auto elevation = reader.read("dem", {"elevation"}, scene.grid);
        for (const float value : elevation.values()) {
            QVERIFY(value > 0 && value < 9000);
        }
    }

    void theSunIsStatedWithTheScene() {
        std::ifstream file(m_simulation.sceneJson);
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        QVERIFY(text.find("Sun azimuth") != std::string::npos);
    }

    void theOutlinesAreValidGlaciersThatDoNotOverlap() {
        const auto scene = loadScene(m_simulation.sceneJson);
        const auto read = exchange::readOutlines(m_simulation.truth, scene.grid.crs);
        QCOMPARE(static_cast<int>(read.outlines.size()), m_simulation.glaciers);
        QVERIFY(m_simulation.glaciers > 0);
        QCOMPARE(read.repaired, 0);
        std::vector<geo::MultiPolygon> shapes;
        double sum = 0;
        const auto extent = scene.grid.extent();
        for (const auto& outline : read.outlines) {
            QCOMPARE(outline.srcDate, scene.date);
            QCOMPARE(outline.sceneId, scene.id);
            const double area = geo::planarArea(outline.geometry);
            QVERIFY(area >= 20000);
            const auto own = geo::extentOf(outline.geometry);
            QVERIFY(own.xmin >= extent.xmin && own.xmax <= extent.xmax);
            QVERIFY(own.ymin >= extent.ymin && own.ymax <= extent.ymax);
            sum += area;
            shapes.push_back(outline.geometry);
        }
        QVERIFY(std::abs(geo::planarArea(geo::unionOf(shapes)) - sum) < 1);
    }

    void iceLiesHigherThanTheLandAroundIt() {
        const auto scene = loadScene(m_simulation.sceneJson);
        const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        const auto elevation = reader.read("dem", {"elevation"}, scene.grid);
        const auto outlines = exchange::readOutlines(m_simulation.truth, scene.grid.crs).outlines;
        double onIce = 0;
        double offIce = 0;
        int icePixels = 0;
        int landPixels = 0;
        for (int row = 0; row < scene.grid.rows; ++row) {
            for (int column = 0; column < scene.grid.columns; ++column) {
                const auto point = scene.grid.toMap(column + 0.5, row + 0.5);
                const bool ice = std::any_of(outlines.begin(), outlines.end(), [&](const auto& outline) {
                    return geo::contains(outline.geometry, point);
                });
                (ice ? onIce : offIce) += static_cast<double>(elevation.at(0, row, column));
                ++(ice ? icePixels : landPixels);
            }
        }
        QVERIFY(icePixels > 100 && landPixels > 100);
        QVERIFY(onIce / icePixels > offIce / landPixels + 100);
    }

    void aSimulationThatIsCancelledLeavesNoScene() {
        std::stop_source stop;
        const Progress progress(
            [&](double fraction, std::string_view) {
                if (fraction > 0.3) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        const fs::path folder = m_folder.filePath("cancelled").toStdString();
        QVERIFY_EXCEPTION_THROWN(simulate(small(7), folder, progress), Cancelled);
        QVERIFY(!fs::exists(folder / "scene.json"));
    }

    void onlyTheFeaturesThatAreAskedForAreMadeAndAllCanBeRead() {
        auto options = small(7);
        options.features = {"dem", "co_pol_sar", "cross_pol_sar", "in_sar", "thermal"};
        const auto made = simulate(options, m_folder.filePath("radar").toStdString());
        QVERIFY(!fs::exists(made.sceneJson.parent_path() / "optical.tif"));
        const auto scene = loadScene(made.sceneJson);
        QCOMPARE(scene.bands("co_pol_sar"), (std::vector<std::string>{"ascending", "descending"}));
        const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        for (const auto& [feature, low, high] :
             {std::tuple{"co_pol_sar", 0.0, 5.0}, std::tuple{"cross_pol_sar", 0.0, 2.0},
              std::tuple{"in_sar", 0.0, 1.0}, std::tuple{"thermal", 200.0, 340.0}}) {
            const auto pixels = reader.read(feature, scene.bands(feature), scene.grid);
            for (const float value : pixels.values()) {
                QVERIFY(value >= low && value <= high);
            }
        }
        // The same place as with a picture of it.
        QVERIFY(pixelsOf(made.sceneJson.parent_path() / "elevation.tif") ==
                pixelsOf(m_simulation.sceneJson.parent_path() / "elevation.tif"));
    }

    void aPictureThatIsNoWholeNumberOfTilesIsComplete() {
        auto options = small(7);
        options.columns = 530;
        options.rows = 40;
        options.pixelSize = 60;
        const auto made = simulate(options, m_folder.filePath("odd").toStdString());
        const auto pixels = pixelsOf(made.sceneJson.parent_path() / "elevation.tif");
        QCOMPARE(pixels.size(), std::size_t(530 * 40));
        for (const float value : pixels) {
            QVERIFY(value > 0);
        }
    }

    void anotherDayHasAnotherSunAndTheSameGround() {
        auto options = small(7);
        options.date = "2020-10-02";
        const auto made = simulate(options, m_folder.filePath("autumn").toStdString());
        const auto folder = m_simulation.sceneJson.parent_path();
        QVERIFY(pixelsOf(made.sceneJson.parent_path() / "elevation.tif") ==
                pixelsOf(folder / "elevation.tif"));
        QVERIFY(pixelsOf(made.sceneJson.parent_path() / "optical.tif") != pixelsOf(folder / "optical.tif"));
    }

    void laterDatesLieBesideTheFirst() {
        auto options = small(7);
        options.retreats = {100, 300};
        const auto made = simulate(options, m_folder.filePath("change").toStdString());
        QCOMPARE(made.later.size(), std::size_t(2));
        double area = 1e18;
        for (const auto& json : {made.sceneJson, made.later[0], made.later[1]}) {
            const auto scene = loadScene(json);
            double sum = 0;
            for (const auto& outline :
                 exchange::readOutlines(json.parent_path() / "outlines.gpkg", scene.grid.crs).outlines) {
                sum += geo::planarArea(outline.geometry);
            }
            QVERIFY(sum > 0 && sum < area);
            area = sum;
        }
        QCOMPARE(loadScene(made.later[1]).date, std::string("2032-08-20"));
    }

    void whatIsImpossibleIsSaidInASentence() {
        const auto message = [&](const std::function<void(SimulationOptions&)>& change) {
            auto options = small(1);
            change(options);
            try {
                simulate(options, m_folder.filePath("impossible").toStdString());
            } catch (const Error& error) {
                return QString::fromStdString(error.what());
            }
            return QString();
        };
        QVERIFY(message([](auto& o) { o.date = "2020-13-40"; }).contains("2020-13-40"));
        QVERIFY(message([](auto& o) { o.date = "2020-08-20x"; }).contains("no date"));
        QVERIFY(message([](auto& o) { o.features = {"optical", "lidar"}; }).contains("lidar"));
        QVERIFY(message([](auto& o) { o.features = {"dem", "dem"}; }).contains("twice"));
        QVERIFY(message([](auto& o) { o.features = {}; }).contains("No feature"));
        QVERIFY(message([](auto& o) { o.cloud = 1.5; }).contains("cloud"));
        QVERIFY(message([](auto& o) { o.snowLine = -0.1; }).contains("snow line"));
        QVERIFY(message([](auto& o) { o.retreats = {-5}; }).contains("retreat"));
        QVERIFY(message([](auto& o) { o.cloud = std::nan(""); }).contains("cloud"));
        QVERIFY(!fs::exists(m_folder.filePath("impossible").toStdString()));
    }

    void impossibleSizesAndPlacesAreRefused() {
        auto options = small(1);
        options.columns = 3;
        QVERIFY_EXCEPTION_THROWN(simulate(options, m_folder.filePath("tiny").toStdString()), Error);
        options = small(1);
        options.pixelSize = 0;
        QVERIFY_EXCEPTION_THROWN(simulate(options, m_folder.filePath("tiny").toStdString()), Error);
        QFile file(m_folder.filePath("file"));
        QVERIFY(file.open(QFile::WriteOnly));
        QVERIFY_EXCEPTION_THROWN(simulate(small(1), m_folder.filePath("file").toStdString()), Error);
    }
};

QTEST_GUILESS_MAIN(SimulationTest)
#include "simulation_test.moc"
