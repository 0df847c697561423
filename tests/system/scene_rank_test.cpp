// SPDX-License-Identifier: GPL-3.0-or-later
// Which date? With the built program: products as USGS delivers them, and simulated scenes.
#include "core/scene/product_fixtures.h"
#include "programs.h"
#include "support/shared_data.h"

#include <QtTest>

#include <cmath>

using namespace nunatak::tests;

class SceneRankTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(name); }
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void initTestCase() {
        // Snow in the western half (NDSI and NIR are high), cloud flagged in the upper quarter.
        LandsatFixture fixture = landsat8();
        fixture.size = 96;
        fixture.attributes["SCENE_CENTER_TIME"] = "02:37:49.1234560Z";
        fixture.number = [](const std::string& key, int column, int) {
            return column < 48 ? (key == "BAND_6" || key == "BAND_7" ? 7000 : 40000) : 11000;
        };
        fixture.quality = [](int, int row) { return row < 24 ? 1 << 3 : 1 << 6; };
        pack(writeLandsat(folder(), fixture), folder() / "landsat.tar", false);
        TiffFixture dem{.columns = 160, .rows = 160};
        dem.transform = {599400, 30, 0, 5200600, 0, -30};
        dem.value = [](int, int, int) { return 2000; };
        writeTiff(folder() / "srtm.tif", dem);
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("clear"), "--seed", "3", "--size", "200", "200",
                              "--snowline", "0.95", "--features", "optical,dem,quality"}));
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("cloudy"), "--seed", "3", "--size", "200", "200",
                              "--snowline", "0.95", "--cloud", "0.6", "--features", "optical,dem,quality"}));
    }

    void aTarIsRankedWithAnElevationModel() {
        const auto ranked =
            cli({"scene", "rank", path("landsat.tar"), "--elevation", path("srtm.tif"), "--json"});
        QVERIFY2(ranked.succeeded(), ranked.explanation().constData());
        const auto scene = ranked.json()[0];
        QCOMPARE(scene["date"].get<std::string>(), std::string("2021-01-05"));
        QCOMPARE(scene["day_of_year"].get<int>(), 5);
        QVERIFY(std::abs(scene["sun_elevation"].get<double>() - 31.34122018) < 1e-6);
        QVERIFY(!scene["sun_is_computed"].get<bool>());
        const auto& whole = scene["whole_scene"];
        QCOMPARE(whole["covered"].get<double>(), 1.0);
        QCOMPARE(whole["cloud"].get<double>(), 0.25);
        QCOMPARE(whole["cast_shadow"].get<double>(), 0.0);
        QVERIFY(whole["snow"].is_null()); // no outlines, no ring
    }

    void scenesComeBestFirstAndAsTheUserSortsThem() {
        const auto outlines = path("clear/outlines.gpkg");
        const auto table = cli(
            {"scene", "rank", path("cloudy"), path("clear/scene.json"), "--outlines", outlines, "--json"});
        QVERIFY2(table.succeeded(), table.explanation().constData());
        const auto scenes = table.json();
        QCOMPARE(scenes.size(), std::size_t(2));
        QCOMPARE(scenes[0]["conditions"]["cloud"].get<double>(), 0.0);
        QVERIFY(scenes[1]["conditions"]["cloud"].get<double>() > 0.2);
        QVERIFY(scenes[0]["glaciers"].size() > 5);
        QCOMPARE(scenes[0]["glaciers"].size(), scenes[1]["glaciers"].size());
        const auto text = cli({"scene", "rank", path("clear"), path("cloudy"), "--outlines", outlines});
        QCOMPARE(text.out.split('\n', Qt::SkipEmptyParts).size(), 3);
        QVERIFY(text.out.startsWith("date"));
    }

    void glaciersGoIntoATableAndLayersIntoFiles() {
        const auto ranked = cli({"scene", "rank", path("clear"), "--outlines", path("clear/outlines.gpkg"),
                                 "--csv", path("glaciers.csv"), "--layers", path("layers"), "--glaciers"});
        QVERIFY2(ranked.succeeded(), ranked.explanation().constData());
        QFile csv(path("glaciers.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QVERIFY(csv.readLine().startsWith("glacier,uuid,area_m2,scene,date,score"));
        QVERIFY(ranked.out.contains("Simulated glacier 1"));
        const auto layers = QDir(path("layers")).entryList({"*.tif"});
        QCOMPARE(layers.size(), 1);
        QVERIFY(layers[0].startsWith("2020-08-20"));
    }

    void theRealEverestSceneIsRankedWithItsOutlines() {
        NUNATAK_NEEDS_SHARED("data/everest/landsat7_rgb.tif");
        const auto file = [](const char* name) {
            return QString::fromStdString(sharedFile((std::string("data/everest/") + name).c_str()).string());
        };
        VERIFY_SUCCEEDED(
            cli({"scene", "open", "--optical", file("landsat7_rgb.tif") + ":red,green,blue", "--elevation",
                 file("dem_30arcsec.tif"), "--date", "2000-10-30", "--out", path("everest.json")}));
        const auto ranked =
            cli({"scene", "rank", path("everest.json"), "--outlines", file("rgi60_outlines.gpkg")});
        QVERIFY2(ranked.succeeded(), ranked.explanation().constData());
        QVERIFY(ranked.out.contains("304")); // the day of the year
        QVERIFY(ranked.out.contains("Sun unknown"));
        QVERIFY(ranked.out.contains("no cloud mask"));
    }

    void whatCannotBeRankedIsOneSentence() {
        writeText(folder() / "elsewhere.geojson",
                  R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
                      "geometry": {"type": "Polygon",
                                   "coordinates": [[[86, 28], [86.1, 28], [86.1, 28.1], [86, 28]]]}}]})");
        for (const QStringList& arguments :
             {QStringList{path("absent.json")}, QStringList{path("srtm.tif")},
              QStringList{path("clear"), "--sort", "beauty"}, QStringList{path("clear"), "--glaciers"},
              QStringList{path("clear"), "--outlines", path("absent.shp")},
              QStringList{path("clear"), "--outlines", path("elsewhere.geojson")}}) {
            const auto refused = cli(QStringList{"scene", "rank"} + arguments);
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.out.isEmpty(), refused.explanation().constData());
            const auto lines = refused.err.split('\n', Qt::SkipEmptyParts);
            QVERIFY2(lines.last().startsWith("nunatak-cli: ") && lines.last().endsWith('.'),
                     refused.explanation().constData());
        }
        QCOMPARE(cli({"scene", "rank"}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(SceneRankTest)
#include "scene_rank_test.moc"
