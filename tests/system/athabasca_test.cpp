// SPDX-License-Identifier: GPL-3.0-or-later
// Athabasca Glacier by both sensors of HLS: six bands of real reflectance, opened by the files' names alone,
// predicted, compared with its outline and drawn. Skips where the shared data are absent.

#include "support/shared_data.h"
#include "system/programs.h"
#include "ui/viewport/golden_picture.h"

#include <QImage>
#include <QTemporaryDir>

#include <algorithm>

using namespace nunatak::tests;

class AthabascaTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    static QString file(const QString& name) {
        return QString::fromStdString(sharedFile("data/athabasca").string()) + "/" + name;
    }
    static void sensors() {
        QTest::addColumn<QString>("sensor");
        QTest::addColumn<QString>("date");
        QTest::newRow("Landsat 8") << "L30"
                                   << "2020-08-16";
        QTest::newRow("Sentinel-2") << "S30"
                                    << "2020-09-09";
    }
    /// Opens a sensor's files into scene.json and makes a project of it; the command's JSON.
    nlohmann::json opened(const QString& sensor, const QString& project) const {
        const QString json = path(sensor + ".json");
        const auto found = cli({"scene", "open", file("*_" + sensor + ".tif"), file("athabasca_dem.tif"),
                                "--json", "--out", json});
        const auto made = cli({"project", "create", project, "--scene", json});
        return found.succeeded() && made.succeeded() ? found.json() : nlohmann::json();
    }

private Q_SLOTS:
    void initTestCase() { NUNATAK_NEEDS_SHARED("data/athabasca/athabasca_dem.tif"); }

    void aSensorOpensInOneStep_data() { sensors(); }
    void aSensorOpensInOneStep() {
        QFETCH(QString, sensor);
        QFETCH(QString, date);
        const auto scene = opened(sensor, path(sensor + "_opened.gpkg"));
        QVERIFY(!scene.is_null());
        QCOMPARE(scene["date"].get<std::string>(), date.toStdString());
        QCOMPARE(scene["features"]["optical"],
                 (nlohmann::json{"blue", "green", "red", "nir", "swir1", "swir2"}));
        QCOMPARE(scene["features"]["dem"], (nlohmann::json{"elevation"}));
        QCOMPARE(scene["columns"].get<int>(), 215);
        QCOMPARE(scene["rows"].get<int>(), 205);
        const auto info = cli({"project", "info", path(sensor + "_opened.gpkg"), "--json"}).json();
        QCOMPARE(info["epsg"].get<int>(), 32611);
    }

    void bothAtOnceAreAQuestionThatNamesWhatToGive() {
        const auto refused = cli({"scene", "open", file(".")});
        QCOMPARE(refused.exitCode, 1);
        for (const char* part :
             {"2020-08-16", "2020-09-09", "*_L30.tif", "*_S30.tif", "athabasca_shadows.tif"}) {
            QVERIFY2(refused.err.contains(part), refused.explanation());
        }
    }

    void theGlacierIsPredictedAndCompared_data() { sensors(); }
    void theGlacierIsPredictedAndCompared() {
        QFETCH(QString, sensor);
        const QString project = path(sensor + "_predicted.gpkg");
        QVERIFY(!opened(sensor, project).is_null());
        VERIFY_SUCCEEDED(
            cli({"import", project, "--outlines", file("athabasca_outline.shp"), "--layer", "expert"}));
        VERIFY_SUCCEEDED(cli({"predict", project}));
        const auto compared =
            cli({"compare", project, "--model", "predicted", "--expert", "expert", "--json"});
        VERIFY_SUCCEEDED(compared);
        const auto json = compared.json();
        // Only Athabasca Glacier has an outline; the icefield and its other glaciers are found as well and
        // have none.
        const auto& glaciers = json["glaciers"];
        QCOMPARE(std::count_if(glaciers.begin(), glaciers.end(),
                               [](const auto& glacier) { return !glacier["isNew"].template get<bool>(); }),
                 std::ptrdiff_t(1));
        QVERIFY2(json["recall"].get<double>() > 0.9, qPrintable(compared.out));
        QVERIFY2(json["iou"].get<double>() > 0.4, qPrintable(compared.out));
    }

    void theSceneIsDrawnWithItsOutline_data() { sensors(); }
    void theSceneIsDrawnWithItsOutline() {
        QFETCH(QString, sensor);
        const QString project = path(sensor + "_drawn.gpkg");
        QVERIFY(!opened(sensor, project).is_null());
        VERIFY_SUCCEEDED(
            cli({"import", project, "--outlines", file("athabasca_outline.shp"), "--layer", "expert"}));
        VERIFY_SUCCEEDED(desktop({project, "--screenshot", path("view.png"), "--size", "640x480"}));
        compareWithGolden(QImage(path("view.png")), "athabasca_" + sensor.toLower());
    }
};

QTEST_GUILESS_MAIN(AthabascaTest)
#include "athabasca_test.moc"
