// SPDX-License-Identifier: GPL-3.0-or-later
// From a satellite product to a predicted glacier with the built programs.
#include "core/scene/product_fixtures.h"
#include "programs.h"

#include <QtTest>

using namespace nunatak::tests;

class SceneCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(name); }
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void initTestCase() {
        LandsatFixture fixture = landsat8();
        fixture.size = 96;
        fixture.number = [](const std::string& key, int column, int row) {
            const bool ice = std::hypot(column - 50, row - 40) < 25;
            return key == "BAND_10" ? 24000 : ice && key < "BAND_6" ? 40000 : 11000;
        };
        pack(writeLandsat(folder(), fixture), folder() / "landsat.tar", false);
        TiffFixture dem{.columns = 160, .rows = 160};
        dem.transform = {599400, 30, 0, 5200600, 0, -30};
        dem.value = [](int, int column, int) { return 2000 + 3 * column; };
        writeTiff(folder() / "srtm.tif", dem);
    }

    void aTarBecomesASceneAProjectAndAPicture() {
        const auto opened = cli(
            {"scene", "open", path("landsat.tar"), path("srtm.tif"), "--out", path("scene.json"), "--json"});
        QVERIFY2(opened.succeeded(), opened.explanation().constData());
        const auto said = opened.json();
        QCOMPARE(said["date"].get<std::string>(), std::string("2021-01-05"));
        QCOMPARE(said["sensor"].get<std::string>(), std::string("Landsat 8 OLI/TIRS"));
        QCOMPARE(said["features"]["optical"].size(), std::size_t(6));
        QCOMPARE(said["features"]["thermal"].size(), std::size_t(1));
        QCOMPARE(said["products"].size(), std::size_t(2));
        VERIFY_SUCCEEDED(cli({"project", "create", path("p.gpkg"), "--scene", path("scene.json")}));
        const auto again = cli({"project", "add", path("p.gpkg"), "--scene", path("scene.json")});
        QVERIFY2(again.succeeded() && again.out.contains("there already"), again.explanation().constData());
        const auto info = cli({"project", "info", path("p.gpkg"), "--json"}).json();
        QCOMPARE(info["scenes"].size(), std::size_t(1)); // the same scene again is the same scene
        QCOMPARE(info["scenes"][0]["pixel_size"].get<double>(), 30.0);
        VERIFY_SUCCEEDED(cli({"band-ratio", path("p.gpkg")}));
        VERIFY_SUCCEEDED(desktop({path("p.gpkg"), "--screenshot", path("view.png"), "--size", "400x300"}));
        QVERIFY(QFileInfo(path("view.png")).size() > 10000);
    }

    void withoutAnOutputTheSceneIsOnlyShown() {
        const auto shown = cli({"scene", "open", path("landsat.tar")});
        QVERIFY2(shown.succeeded(), shown.explanation().constData());
        QVERIFY(shown.out.contains("Landsat 8 OLI/TIRS Collection 2 Level-1, 2021-01-05"));
        QVERIFY(shown.out.contains("no elevation model"));
        QVERIFY(!shown.out.contains("Wrote"));
    }

    void whatCannotBeOpenedIsOneSentence() {
        packOne(folder() / "evil.tar", "../../evil.tif");
        for (const QStringList& arguments :
             {QStringList{"scene", "open", path("evil.tar")}, QStringList{"scene", "open", path("absent")},
              QStringList{"scene", "open", path("landsat.tar"), "--pixel-size", "-3"}}) {
            const auto refused = cli(arguments);
            QVERIFY2(refused.exitCode == 1 || refused.exitCode == 2, refused.explanation().constData());
            QVERIFY2(!refused.err.trimmed().isEmpty(), refused.explanation().constData());
        }
        QVERIFY(!QFileInfo::exists(path("../evil.tif")));
        QCOMPARE(cli({"scene", "open"}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(SceneCommandTest)
#include "scene_command_test.moc"
