// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/raster/raster_fixtures.h"
#include "core/scene/opening.h"
#include "overlays/condition_overlays.h"
#include "overlays/file_overlay.h"
#include "overlays/prediction_overlays.h"
#include "overlays/scene_overlays.h"

#include <cpl_conv.h>
#include <gdal_priv.h>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::overlays;
using namespace nunatak::tests;

namespace {

const geo::Crs utm = geo::Crs::fromUserInput("EPSG:32632");

geo::Grid grid(int columns = 20, int rows = 20) {
    return {utm, 600000, 5200000, 30, columns, rows};
}

outlines::OutlineSet layerOf(double west, double east) {
    outlines::Outline outline;
    outline.uuid = outlines::makeUuid();
    outline.geometry = {{{{west, 5199400}, {east, 5199400}, {east, 5200000}, {west, 5200000}}, {}}};
    outlines::OutlineSet set;
    set.put(outlines::share(std::move(outline)));
    return set;
}

const Overlay* find(const std::vector<Overlay>& overlays, const std::string& id) {
    for (const auto& overlay : overlays) {
        if (overlay.id == id) {
            return &overlay;
        }
    }
    return nullptr;
}

} // namespace

class OverlaysTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<raster::ReaderPool> m_pool = std::make_shared<raster::ReaderPool>();

    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    std::string write(const char* name, TiffFixture fixture,
                      std::function<double(int, int, int)> value) const {
        fixture.value = std::move(value);
        return writeTiff(path(name), fixture);
    }

private Q_SLOTS:
    void aSceneOffersItsFlagsItsGroundAndItsBands() {
        scene::Scene described;
        described.grid = grid();
        const auto dem = write("dem.tif", {.columns = 20, .rows = 20, .noData = -9999},
                               [](int, int column, int) { return column == 3 ? -9999 : 30.0 * column; });
        const auto qa = write("qa.tif", {.columns = 20, .rows = 20, .type = GDT_UInt16},
                              [](int, int column, int row) { return column == 4 && row == 5 ? 8 : 0; });
        const auto radar = write("vv.tif", {.columns = 20, .rows = 20},
                                 [](int, int column, int) { return column == 0 ? 0 : 0.01; });
        described.rasters = {{"dem", dem, {1}, {"elevation"}},
                             {"quality", qa, {1}, {"cloud"}},
                             {"co_pol_sar", radar, {1}, {"ascending"}}};
        described.rasters[0].fillVoids = true;
        described.rasters[1].flags = {{3, {}}};
        const auto reader =
            std::make_shared<const scene::SceneReader>(described, std::make_shared<raster::ReaderPool>());
        const auto overlays = overlaysOfScene(reader);
        QCOMPARE(overlays.size(), std::size_t(5)); // cloud, elevation, slope, void, ascending
        QCOMPARE(overlays.front().key, std::string("cloud"));

        const auto cloud = find(overlays, "scene:quality/cloud")->read(grid(), {});
        QCOMPARE(cloud.at(0, 5, 4), 1.0F);
        QVERIFY(std::isnan(cloud.at(0, 5, 5))); // what is no cloud covers nothing
        const auto* slope = find(overlays, "scene:dem/slope");
        QCOMPARE(slope->unit, std::string("°"));
        // 30 m up in 30 m of the map, which are 30.0083 m of the ground, 100 km beside the zone's middle.
        QVERIFY(std::abs(slope->read(grid(), {}).at(0, 10, 10) - 44.992) < 1e-3);
        QCOMPARE(find(overlays, "scene:dem/void")->read(grid(), {}).at(0, 8, 3), 1.0F);
        const auto* vv = find(overlays, "scene:co_pol_sar/ascending");
        QCOMPARE(vv->unit, std::string("dB"));
        const auto decibels = vv->read(grid(), {});
        QVERIFY(std::abs(decibels.at(0, 10, 10) + 20) < 1e-4); // 10 log10 0.01
        QVERIFY(std::isnan(decibels.at(0, 10, 0)));
    }

    void predictionsOfTheSceneAreFoundAndNoOthers() {
        const auto folder = path("project.files");
        std::filesystem::create_directories(folder);
        for (const char* name :
             {"probability_0b9c4e6a_starter-v1-304fc9ca.tif", "confidence_0b9c4e6a_starter-v1-304fc9ca.tif",
              "probability_ffffffff_starter-v1-304fc9ca.tif", "quality_0b9c4e6a_starter-v1-304fc9ca.tif"}) {
            write((std::string("project.files/") + name).c_str(), {.columns = 20, .rows = 20},
                  [](int, int column, int) { return column / 20.0; });
        }
        const auto overlays = overlaysOfPredictions(folder, "0b9c4e6a-58d5-4b0e-9d42-111111111111", m_pool);
        QCOMPARE(overlays.size(), std::size_t(2));
        QCOMPARE(overlays[0].key, std::string("confidence"));
        QCOMPARE(overlays[1].key, std::string("probability"));
        QCOMPARE(overlays[1].detail, std::string("starter-v1-304fc9ca"));
        QVERIFY(overlays[1].quantity == Quantity::Share);
        QCOMPARE(overlays[1].read(grid(), {}).at(0, 3, 10), 0.5F);
        QVERIFY(overlaysOfPredictions(path("nowhere.files"), "0b9c4e6a", m_pool).empty());
    }

    void aDifferenceSaysWhoAloneHasIce() {
        const auto model = layerOf(600000, 600300);  // columns 0 to 9
        const auto expert = layerOf(600150, 600450); // columns 5 to 14
        const auto overlay = differenceOf(model, expert, utm, "predicted", "expert");
        const auto values = overlay.read(grid(), {});
        QCOMPARE(values.at(0, 10, 2), 1.0F);
        QVERIFY(std::isnan(values.at(0, 10, 7)));
        QCOMPARE(values.at(0, 10, 12), -1.0F);
        QVERIFY(std::isnan(values.at(0, 10, 18)));
        // The view may show another zone than the project's.
        const auto zone31 = geo::Crs::fromUserInput("EPSG:32631");
        const auto middle = geo::CoordinateTransform(utm, zone31)(geo::Point{600075, 5199700});
        const auto there = overlay.read({zone31, middle.x - 15, middle.y + 15, 30, 1, 1}, {});
        QCOMPARE(there.at(0, 0, 0), 1.0F);
        QVERIFY((rangeOf(overlay, grid().extent(), utm, {}) == Range{-1, 1}));
    }

    void conditionsAreSeenOncePreparedAndSayWhatTheSceneDoesNotTell() {
        scene::Scene described;
        described.grid = grid();
        // Snow in the west: bright in green and NIR, dark in SWIR1.
        const auto optical =
            write("snow.tif", {.columns = 20, .rows = 20, .bands = 3},
                  [](int band, int column, int) { return column < 8 ? (band == 3 ? 0.1 : 0.8) : 0.2; });
        described.rasters = {{"optical", optical, {1, 2, 3}, {"green", "nir", "swir1"}}};
        const auto overlays = overlaysOfConditions(
            std::make_shared<const scene::SceneReader>(described, std::make_shared<raster::ReaderPool>()));
        const auto* snow = find(overlays, "condition:snow");
        QVERIFY(std::isnan(snow->read(grid(), {}).at(0, 3, 3)));
        snow->prepare({});
        QCOMPARE(snow->read(grid(), {}).at(0, 3, 3), 1.0F);
        QVERIFY(std::isnan(snow->read(grid(), {}).at(0, 3, 12)));
        const auto* cloud = find(overlays, "condition:cloud");
        QVERIFY(says(messageOf([&] { cloud->prepare({}); }), "cloud mask"));
    }

    void everyBandOfAFileIsAnOverlayAndBytesAreAPicture() {
        const auto two = write("velocity.tif", {.columns = 20, .rows = 20, .bands = 2},
                               [](int band, int column, int) { return 100.0 * band + column; });
        const auto bands = overlaysOfFile(two, m_pool);
        QCOMPARE(bands.size(), std::size_t(2));
        QCOMPARE(bands[1].key, std::string("velocity.tif"));
        QCOMPARE(bands[1].detail, std::string("band 2"));
        QCOMPARE(bands[1].read(grid(), {}).at(0, 0, 7), 207.0F);
        const auto rgb = write("rgb.tif", {.columns = 20, .rows = 20, .bands = 3, .type = GDT_Byte},
                               [](int band, int, int) { return 10 * band; });
        const auto picture = overlaysOfFile(rgb, m_pool);
        QCOMPARE(picture.size(), std::size_t(1));
        QVERIFY(picture[0].quantity == Quantity::Picture);
        const auto pixels = picture[0].read(grid(), {});
        QCOMPARE(pixels.bands(), 3);
        QCOMPARE(pixels.at(2, 4, 4), 30.0F);
    }

    void everyRasterOfAFileThatHoldsSeveralIsAnOverlay() {
        const auto two = write("two.tif", {.columns = 20, .rows = 20, .bands = 2},
                               [](int band, int column, int) { return 100.0 * band + column; });
        auto* driver = GetGDALDriverManager()->GetDriverByName("netCDF");
        if (driver == nullptr) {
            QSKIP("This GDAL has no netCDF.");
        }
        const auto file = path("speed.nc").string();
        {
            const std::unique_ptr<GDALDataset> source(GDALDataset::Open(two.c_str()));
            const std::unique_ptr<GDALDataset> copy(
                driver->CreateCopy(file.c_str(), source.get(), 0, nullptr, nullptr, nullptr));
            QVERIFY(copy);
        }
        const auto overlays = overlaysOfFile(file, m_pool);
        QCOMPARE(overlays.size(), std::size_t(2));
        QVERIFY(overlays[0].id != overlays[1].id);
        QVERIFY(overlays[0].id.starts_with("file:" + file + "#"));
        QVERIFY(says(overlays[1].detail, "Band2"));
        QCOMPARE(overlays[1].read(grid(), {}).at(0, 3, 7), 207.0F);
    }

    void addressesBecomeWhatGdalOpens() {
        QCOMPARE(openableName("https://maps.example/wms?"), std::string("https://maps.example/wms?"));
        QCOMPARE(openableName("https://maps.example/WMTS/1.0.0/WMTSCapabilities.xml"),
                 std::string("WMTS:https://maps.example/WMTS/1.0.0/WMTSCapabilities.xml"));
        QCOMPARE(openableName("velocity_wmts.tif"), std::string("velocity_wmts.tif"));
        QVERIFY(says(openableName("https://maps.example/{z}/{x}/{y}.png"),
                     "https://maps.example/${z}/${x}/${y}.png"));
    }

    void tilesOfMapServicesAreNotKeptWhereTheProgramWasStarted() {
        raster::initialiseGdal();
        const QString folder = CPLGetConfigOption("GDAL_DEFAULT_WMS_CACHE_PATH", "");
        QVERIFY2(QDir::isAbsolutePath(folder), qPrintable("\"" + folder + "\""));
    }

    void unusableFilesAreRefusedWithOneSentence() {
        TiffFixture nowhere{.columns = 4, .rows = 4, .crs = "", .hasTransform = false};
        const auto file = writeTiff(path("nowhere.tif"), nowhere);
        QVERIFY(says(messageOf([&] { overlaysOfFile(file, m_pool); }), "does not say where it lies"));
        QVERIFY(says(messageOf([&] { overlaysOfFile(path("gone.tif").string(), m_pool); }), "gone.tif"));
    }

    void theRangeShowsMostValuesAndIsEvenAroundZeroWhereBothSidesCount() {
        const auto file = write("change.tif", {.columns = 100, .rows = 100}, [](int, int column, int row) {
            return row == 0 && column == 0 ? 5000 : column < 50 ? -40 : 10;
        });
        const auto change = overlaysOfFile(file, m_pool).front();
        const auto range = rangeOf(change, geo::Extent{600000, 5197000, 603000, 5200000}, utm, {});
        QCOMPARE(range.low, -40.0);
        QCOMPARE(range.high, 40.0);
        const auto coast = write("coast.tif", {.columns = 100, .rows = 100},
                                 [](int, int column, int) { return column * 10.0 - 5; });
        const auto heights = rangeOf(overlaysOfFile(coast, m_pool).front(),
                                     geo::Extent{600000, 5197000, 603000, 5200000}, utm, {});
        QVERIFY(heights.low > -6 && heights.low < 30);
        QVERIFY(heights.high > 900);
        const auto flat = write("flat.tif", {.columns = 10, .rows = 10}, [](int, int, int) { return 7; });
        const auto one = rangeOf(overlaysOfFile(flat, m_pool).front(), grid(10, 10).extent(), utm, {});
        QVERIFY(one.low < 7 && one.high > 7);
    }

    void anAddressWithTileNumbersIsReadAsTiles() {
        // The one tile of level 0 and the four of level 1, in a folder, which is as good as a server.
        QVERIFY(QDir(m_folder.path()).mkpath("tiles"));
        const TiffFixture tile{
            .columns = 256, .rows = 256, .bands = 3, .type = GDT_Byte, .crs = "", .hasTransform = false};
        for (int x = 0; x < 2; ++x) {
            for (int y = 0; y < 2; ++y) {
                const auto name = "tiles/1_" + std::to_string(x) + "_" + std::to_string(y) + ".tif";
                write(name.c_str(), tile, [x, y](int band, int, int) {
                    return band == 1 ? 100 + 50 * x : band == 2 ? 100 + 50 * y : 20;
                });
            }
        }
        write("tiles/0_0_0.tif", tile, [](int, int, int) { return 128; });
        const auto overlays = overlaysOfFile("file://" + path("tiles").string() + "/{z}_{x}_{y}.tif", m_pool);
        QCOMPARE(overlays.size(), std::size_t(1));
        QVERIFY(overlays[0].quantity == Quantity::Picture);
        // 10° east, 45° north, in pixels of the second level: the north-eastern tile.
        const geo::Grid place{geo::Crs::fromUserInput("EPSG:3857"), 1.0e6, 6.0e6, 78271.5, 4, 4};
        const auto pixels = overlays[0].read(place, {});
        QCOMPARE(pixels.at(0, 2, 2), 150.0F);
        QCOMPARE(pixels.at(1, 2, 2), 100.0F);

        // What servers send is kept among the user's caches, not in the folder that one stands in.
        const QString cache = CPLGetConfigOption("GDAL_DEFAULT_WMS_CACHE_PATH", "");
        QVERIFY2(QDir::isAbsolutePath(cache) && cache.endsWith("/nunatak/map-pictures"), qPrintable(cache));
    }
};

QTEST_GUILESS_MAIN(OverlaysTest)
#include "overlays_test.moc"
