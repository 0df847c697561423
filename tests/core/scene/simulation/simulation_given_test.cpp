// SPDX-License-Identifier: GPL-3.0-or-later
// Scenes on a given elevation model, with given outlines or ice grown on it.
#include "base/error.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "raster/raster_writer.h"
#include "scene/scene_reader.h"
#include "scene/simulate.h"
#include "scene/simulation/given_data.h"
#include "scene/simulation/ice.h"
#include "simulation_fixture.h"
#include "support/shared_data.h"

#include <QtTest>

#include <gdal.h>

#include <cmath>
#include <limits>

using namespace nunatak;
using namespace nunatak::scene;

namespace {

namespace fs = std::filesystem;

double bowl(double x, double y) {
    const double dx = (x - 3000) / 3000;
    const double dy = (y - 3000) / 3000;
    return 2000 + 900 * (dx * dx + dy * dy) + 150 * std::sin(x / 700) * std::cos(y / 500);
}

class SimulationGivenTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path m_dem;
    fs::path m_outlines;

    fs::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }

    void writeDem(const fs::path& file, bool withGap) const {
        const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32633"), 400000, 5000000, 60, 100, 100};
        Image<float> heights(1, 100, 100);
        for (int row = 0; row < 100; ++row) {
            for (int column = 0; column < 100; ++column) {
                heights.at(0, row, column) = static_cast<float>(bowl(column * 60, row * 60));
                if (withGap && row > 40 && row < 50 && column > 40 && column < 50) {
                    heights.at(0, row, column) = std::numeric_limits<float>::quiet_NaN();
                }
            }
        }
        raster::RasterLayout layout;
        layout.grid = grid;
        layout.bandNames = {"elevation"};
        layout.noData = -32768;
        raster::RasterWriter writer(file, layout);
        writer.write(heights, 0, 0);
        writer.finish();
    }

    SimulationOptions onDem() const {
        SimulationOptions options;
        options.elevation = m_dem;
        options.seed = 3;
        return options;
    }

private Q_SLOTS:
    void initTestCase() {
        m_dem = path("dem.tif");
        writeDem(m_dem, false);
        m_outlines = path("glaciers.gpkg");
        outlines::Outline one;
        one.name = "North glacier";
        one.attributes["rgi_id"] = "RGI60-11.00001";
        one.geometry = {{{{400600, 4999400}, {402400, 4999400}, {402400, 4997800}, {400600, 4997800}}, {}}};
        outlines::Outline two;
        two.name = "South glacier";
        two.geometry = {{{{402400, 4999400}, {404000, 4999400}, {404000, 4998000}, {402400, 4998000}}, {}}};
        exchange::writeOutlines({one, two}, geo::Crs::fromUserInput("EPSG:32633"), m_outlines);
    }

    void givenGlaciersKeepTheirPlaceNameAndAttributes() {
        auto options = onDem();
        options.outlines = m_outlines;
        const auto made = simulate(options, path("given"));
        QCOMPARE(made.glaciers, 2);
        const auto scene = loadScene(made.sceneJson);
        QCOMPARE(scene.grid.crs.epsg().value_or(0), 32633);
        QCOMPARE(scene.grid.columns, 200);
        const auto truth = exchange::readOutlines(made.truth, scene.grid.crs).outlines;
        QCOMPARE(truth.size(), std::size_t(2));
        const auto given = exchange::readOutlines(m_outlines, scene.grid.crs).outlines;
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE(truth[i].name, given[i].name);
            const double both = geo::planarArea(geo::intersection(truth[i].geometry, given[i].geometry));
            QVERIFY(both > 0.98 * geo::planarArea(given[i].geometry));
            QVERIFY(geo::planarArea(truth[i].geometry) < 1.02 * geo::planarArea(given[i].geometry));
        }
        QCOMPARE(truth[0].attributes.at("rgi_id").text(), std::string("RGI60-11.00001"));
    }

    void theElevationIsThatOfTheModel() {
        const auto made = simulate(onDem(), path("relief"));
        const auto scene = loadScene(made.sceneJson);
        const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        const auto elevation = reader.read("dem", {"elevation"}, scene.grid);
        const auto truth = exchange::readOutlines(made.truth, scene.grid.crs).outlines;
        const auto ice = simulation::burnt(truth, scene.grid);
        double worst = 0;
        for (int row = 2; row < scene.grid.rows - 2; ++row) {
            for (int column = 2; column < scene.grid.columns - 2; ++column) {
                if (ice.at(0, row, column) == 0) {
                    const auto place = scene.grid.toMap(column + 0.5, row + 0.5);
                    const double expected = bowl(place.x - 400030, 4999970 - place.y);
                    worst = std::max(worst, std::abs(elevation.at(0, row, column) - expected));
                }
            }
        }
        QVERIFY2(worst < 60, std::to_string(worst).c_str()); // gullies too small for its posts are added
    }

    void aGapInTheModelIsFilledFromAround() {
        const auto file = path("gap.tif");
        writeDem(file, true);
        const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32633"), 400000, 5000000, 60, 100, 100};
        const auto heights = simulation::elevationOn(file, grid);
        for (int row = 42; row < 49; ++row) {
            for (int column = 42; column < 49; ++column) {
                QVERIFY(std::abs(heights.at(0, row, column) - bowl(column * 60, row * 60)) < 250);
            }
        }
    }

    void iceLiesOnTheSideThatTurnsFromTheSun() {
        // A ridge from west to east: which of its sides has more ice.
        const double cell = 120;
        simulation::Field ridge(1, 120, 120);
        for (int row = 0; row < 120; ++row) {
            for (int column = 0; column < 120; ++column) {
                ridge.at(0, row, column) = static_cast<float>(3200 - 18 * std::abs(row - 59.5));
            }
        }
        const auto northernShare = [&](const simulation::ShadeSide& shade) {
            const auto ice = simulation::growIce(5, ridge, cell, shade, false, {});
            double north = 0;
            double all = 0;
            for (int row = 0; row < 120; ++row) {
                for (int column = 0; column < 120; ++column) {
                    all += ice.thickness.at(0, row, column);
                    north += row < 60 ? ice.thickness.at(0, row, column) : 0;
                }
            }
            return north / all;
        };
        const auto at = [](const char* crs, double longitude, double latitude) {
            const auto system = geo::Crs::fromUserInput(crs);
            const auto middle = geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"),
                                                         system)(geo::Point{longitude, latitude});
            return simulation::shadeSideOf({system, middle.x - 600, middle.y + 600, 30, 40, 40});
        };
        QVERIFY(northernShare(at("EPSG:32632", 9, 46)) > 0.55);
        QVERIFY(northernShare(at("EPSG:32718", -75, -49)) < 0.45);
        QVERIFY(northernShare(at("EPSG:32618", -75, -49)) < 0.45); // as Landsat delivers it
        // Down the map of Antarctica lies the pole at 0° E, up it at 180°.
        QVERIFY(northernShare(at("EPSG:3031", 0, -72)) < 0.45);
        QVERIFY(northernShare(at("EPSG:3031", 180, -78)) > 0.55);
    }

    void theSunOfAGivenPlaceStandsWhereItsHemisphereHasIt() {
        const auto sunOver = [&](const char* name, const char* crs, geo::Point middle) {
            const auto system = geo::Crs::fromUserInput(crs);
            const auto corner =
                geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"), system)(middle);
            raster::RasterLayout layout;
            layout.grid = {system, std::round(corner.x), std::round(corner.y), 60, 70, 70};
            layout.bandNames = {"elevation"};
            raster::RasterWriter writer(path(name), layout);
            Image<float> heights(1, 70, 70);
            for (int row = 0; row < 70; ++row) {
                for (int column = 0; column < 70; ++column) {
                    heights.at(0, row, column) = static_cast<float>(bowl(column * 86, row * 86));
                }
            }
            writer.write(heights, 0, 0);
            writer.finish();
            SimulationOptions options;
            options.elevation = path(name);
            options.date = middle.y < 0 ? "2020-02-10" : "2020-08-10";
            options.features = {"optical"};
            return *loadScene(simulate(options, path((std::string(name) + " scene").c_str())).sceneJson)
                        .sunAzimuth;
        };
        const double north = sunOver("greenland.tif", "EPSG:3413", {-10, 72});
        QVERIFY2(north > 90 && north < 180, std::to_string(north).c_str()); // before noon, in the south-east
        const double south = sunOver("antarctica.tif", "EPSG:3031", {-100, -73});
        QVERIFY2(south > 0 && south < 90, std::to_string(south).c_str());
    }

    void anElevationModelInFeetIsInMetres() {
        const auto file = path("feet.tif");
        writeDem(file, false);
        const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32633"), 400000, 5000000, 60, 100, 100};
        const auto metres = simulation::elevationOn(file, grid);
        GDALDatasetH dataset = GDALOpen(file.c_str(), GA_Update);
        GDALSetRasterUnitType(GDALGetRasterBand(dataset, 1), "ft");
        GDALClose(dataset);
        const auto feet = simulation::elevationOn(file, grid);
        QVERIFY(std::abs(feet.at(0, 30, 30) - 0.3048 * metres.at(0, 30, 30)) < 0.01);
    }

    void aLaterDateHasTheSameIdentitiesAndLessIce() {
        auto options = onDem();
        options.outlines = m_outlines;
        options.retreats = {200};
        options.date = "2020-02-29";
        const auto made = simulate(options, path("later"));
        QCOMPARE(made.later.size(), std::size_t(1));
        const auto first = loadScene(made.sceneJson);
        const auto later = loadScene(made.later[0]);
        QCOMPARE(later.date, std::string("2028-02-29"));
        QVERIFY(first.id != later.id);
        QCOMPARE(first.grid, later.grid);
        const auto before = exchange::readOutlines(made.truth, first.grid.crs).outlines;
        const auto after =
            exchange::readOutlines(made.later[0].parent_path() / "outlines.gpkg", first.grid.crs).outlines;
        QCOMPARE(before.size(), after.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(before[i].uuid, after[i].uuid);
            const double was = geo::planarArea(before[i].geometry);
            const double is = geo::planarArea(after[i].geometry);
            QVERIFY(is < 0.98 * was && is > 0.3 * was);
            QVERIFY(geo::planarArea(geo::difference(after[i].geometry, before[i].geometry)) < 1);
        }
    }

    void whatDoesNotFitIsRefusedInOneSentence() {
        const auto message = [](const SimulationOptions& options, const fs::path& folder) {
            try {
                simulate(options, folder);
            } catch (const Error& error) {
                return std::string(error.what());
            }
            return std::string();
        };
        auto large = onDem();
        large.columns = 5000;
        large.rows = 100;
        QVERIFY(QString::fromStdString(message(large, path("no"))).contains("200"));
        SimulationOptions homeless;
        homeless.outlines = m_outlines;
        QVERIFY(QString::fromStdString(message(homeless, path("no"))).contains("--dem"));
        auto elsewhere = onDem();
        outlines::Outline far;
        far.geometry = {{{{500000, 4999400}, {501000, 4999400}, {501000, 4998000}}, {}}};
        exchange::writeOutlines({far}, geo::Crs::fromUserInput("EPSG:32633"), path("far.gpkg"));
        elsewhere.outlines = path("far.gpkg");
        QVERIFY(QString::fromStdString(message(elsewhere, path("no"))).contains("far.gpkg"));
        auto missing = onDem();
        missing.elevation = path("nowhere.tif");
        QVERIFY(QString::fromStdString(message(missing, path("no"))).contains("nowhere.tif"));
    }

    void realReliefAndRealOutlinesMakeAScene() {
        NUNATAK_NEEDS_SHARED("data/oetztal/srtm_90m.tif");
        SimulationOptions options;
        options.elevation = nunatak::tests::sharedFile("data/oetztal/srtm_90m.tif");
        options.outlines = nunatak::tests::sharedFile("data/oetztal/rgi_oetztal.shp");
        options.pixelSize = 90;
        const auto made = simulate(options, path("oetztal"));
        const auto scene = loadScene(made.sceneJson);
        QCOMPARE(scene.grid.crs.epsg().value_or(0), 32632);
        const auto truth = exchange::readOutlines(made.truth, scene.grid.crs).outlines;
        QCOMPARE(truth.size(), std::size_t(20));
        for (const auto& outline : truth) {
            QVERIFY(outline.attributes.contains("rgi_id"));
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(SimulationGivenTest)
#include "simulation_given_test.moc"
