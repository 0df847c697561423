// SPDX-License-Identifier: GPL-3.0-or-later
// The chain of the README on a small simulated scene, through the built programs.

#include "system/programs.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace nunatak::tests;

class MainJobTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

    QString path(const QString& name) const { return m_folder.filePath(name); }

    nlohmann::json layerInfo(const std::string& name) const {
        const auto info = cli({"project", "info", m_project, "--json"}).json();
        for (const auto& layer : info["layers"]) {
            if (layer["name"] == name) {
                return layer;
            }
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        qputenv("NUNATAK_USER_MODELS", path("models").toUtf8());
        m_project = path("demo.gpkg");
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("demo"), "--seed", "3", "--size", "384", "320"}));
        VERIFY_SUCCEEDED(cli({"project", "create", m_project, "--scene", path("demo/scene.json")}));
        VERIFY_SUCCEEDED(
            cli({"import", m_project, "--outlines", path("demo/outlines.gpkg"), "--layer", "expert"}));
        VERIFY_SUCCEEDED(cli({"predict", m_project}));
    }

    void theSameSeedSimulatesTheSameFiles() {
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("again"), "--seed", "3", "--size", "384", "320"}));
        for (const char* name : {"optical.tif", "elevation.tif"}) {
            QFile first(path(QString("demo/") + name));
            QFile second(path(QString("again/") + name));
            QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
            QVERIFY2(first.readAll() == second.readAll(), name);
        }
    }

    void projectInfoTellsScenesLayersAndHistory() {
        const auto info = cli({"project", "info", m_project, "--json"}).json();
        QCOMPARE(info["scenes"].size(), std::size_t(1));
        QCOMPARE(info["scenes"][0]["columns"].get<int>(), 384);
        QCOMPARE(info["scenes"][0]["rows"].get<int>(), 320);
        QVERIFY(layerInfo("expert")["outlines"].get<int>() > 0);
        QVERIFY(layerInfo("predicted")["outlines"].get<int>() > 0);
        QCOMPARE(layerInfo("predicted")["kind"].get<std::string>(), std::string("predicted"));
        QVERIFY(info["history_steps"].get<int>() >= 2);
    }

    void projectInfoCountsReviews() {
        const auto project = path("reviews.gpkg");
        VERIFY_SUCCEEDED(cli({"project", "create", project, "--scene", path("demo/scene.json")}));
        nlohmann::json features = nlohmann::json::array();
        for (const char* review : {"accepted", "doubtful", "", "accepted"}) {
            const double west = 9 + 0.01 * static_cast<double>(features.size());
            const nlohmann::json ring = {{west, 46.5}, {west + 0.005, 46.5}, {west, 46.505}, {west, 46.5}};
            features.push_back({{"type", "Feature"},
                                {"properties", {{"review", review}}},
                                {"geometry", {{"type", "Polygon"}, {"coordinates", {ring}}}}});
        }
        QFile file(path("reviews.geojson"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(
            nlohmann::json{{"type", "FeatureCollection"}, {"features", features}}.dump()));
        file.close();
        VERIFY_SUCCEEDED(cli({"import", project, "--outlines", file.fileName(), "--layer", "expert"}));
        const auto info = cli({"project", "info", project, "--json"}).json();
        QCOMPARE(info["layers"][0]["accepted"].get<int>(), 2);
        QCOMPARE(info["layers"][0]["doubtful"].get<int>(), 1);
        const auto told = cli({"project", "info", project}).out;
        QVERIFY2(told.contains("4 outlines, 3 reviewed (2 accepted, 1 doubtful)"), qPrintable(told));
    }

    void aPredictionStartsTheInventoryWhichIsWhatIsHandedIn() {
        const auto inventory = layerInfo("inventory");
        QCOMPARE(inventory["kind"].get<std::string>(), std::string("inventory"));
        QCOMPARE(inventory["outlines"], layerInfo("predicted")["outlines"]);
        QVERIFY(inventory["epoch"].get<std::string>().starts_with("20"));
        const auto exported = cli({"export", m_project, "--out", path("inventory.geojson")});
        VERIFY_SUCCEEDED(exported);
        QVERIFY2(exported.out.contains("of layer \"inventory\""), exported.explanation());
        const auto named = cli({"export", m_project, "--layer", "corrected", "--out", path("named.geojson")});
        QVERIFY2(named.out.contains("of layer \"inventory\""), named.explanation());
        const auto counted = cli({"inventory", "take-over", m_project, "--from", "predicted", "--dry-run"});
        QVERIFY2(counted.out.contains(" 0 new, 0 gone"), counted.explanation());
    }

    void ofSeveralInventoriesOneHasToBeNamed() {
        const auto project = path("epochs.gpkg");
        VERIFY_SUCCEEDED(cli({"project", "create", project, "--scene", path("demo/scene.json")}));
        VERIFY_SUCCEEDED(cli({"import", project, "--outlines", path("demo/outlines.gpkg"), "--layer", "now",
                              "--kind", "inventory", "--reviewed"}));
        VERIFY_SUCCEEDED(cli({"inventory", "start", project, "--layer", "then", "--target-year", "1990"}));
        const auto refused =
            cli({"export", project, "--layer", "corrected", "--out", path("several.geojson")});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("now") && refused.err.contains("then (1990)"), refused.explanation());
        const auto info = cli({"project", "info", project, "--json"}).json();
        QCOMPARE(info["layers"][0]["accepted"], info["layers"][0]["outlines"]);
    }

    void theStarterModelFindsTheGlaciers() {
        const auto result =
            cli({"compare", m_project, "--model", "predicted", "--expert", "expert", "--json"});
        VERIFY_SUCCEEDED(result);
        const auto json = result.json();
        QVERIFY2(json["iou"].get<double>() > 0.6, result.out.toUtf8().constData());
        QCOMPARE(json["glaciers"].size() > 0, true);
        VERIFY_SUCCEEDED(cli({"compare", m_project}));
    }

    void theSameModelAndSceneReplaceTheirOwnPrediction() {
        const auto before = layerInfo("predicted");
        VERIFY_SUCCEEDED(cli({"predict", m_project}));
        QCOMPARE(layerInfo("predicted")["outlines"], before["outlines"]);
        QVERIFY(layerInfo("predicted_2").is_null());
    }

    void onlyTilesThatTouchTheGivenPolygonsArePredicted() {
        const auto project = path("within.gpkg");
        VERIFY_SUCCEEDED(cli({"project", "create", project, "--scene", path("demo/scene.json")}));
        VERIFY_SUCCEEDED(
            cli({"import", project, "--outlines", path("demo/outlines.gpkg"), "--layer", "expert"}));
        VERIFY_SUCCEEDED(cli({"predict", project, "--within", "expert", "--buffer", "100"}));
        VERIFY_SUCCEEDED(
            cli({"predict", project, "--within", path("demo/outlines.gpkg"), "--buffer", "100"}));
        const auto missing = cli({"predict", project, "--within", "nowhere.gpkg"});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY2(missing.err.contains("nowhere.gpkg"), missing.explanation());
    }

    void anExportedShapefileIsValidAndHasEveryOutline() {
        VERIFY_SUCCEEDED(cli({"export", m_project, "--layer", "predicted", "--out", path("outlines.shp")}));
        const auto info = run("ogrinfo", {"-so", "-al", path("outlines.shp")});
        VERIFY_SUCCEEDED(info);
        QVERIFY2(info.out.contains(
                     QString("Feature Count: %1").arg(layerInfo("predicted")["outlines"].get<int>())),
                 info.explanation());
        const auto invalid =
            run("ogrinfo", {path("outlines.shp"), "-dialect", "SQLite", "-sql",
                            "SELECT COUNT(*) AS invalid FROM outlines WHERE NOT ST_IsValid(geometry)"});
        VERIFY_SUCCEEDED(invalid);
        QVERIFY2(invalid.out.contains("invalid (Integer) = 0"), invalid.explanation());
    }

    void theProjectPassesTheGeoPackageValidator() {
        const QString python = "/usr/bin/python3";
        if (run(python, {"-c", "import osgeo_utils.samples.validate_gpkg"}).exitCode != 0) {
            QSKIP("needs Debian's python3-gdal for the GeoPackage validator");
        }
        VERIFY_SUCCEEDED(run(python, {"-m", "osgeo_utils.samples.validate_gpkg", m_project}));
    }

    void onlyOutlineLayersAreListedByOtherPrograms() {
        const auto listed = run("ogrinfo", {"-q", m_project});
        VERIFY_SUCCEEDED(listed);
        const std::set<QString> known = {"expert", "predicted", "inventory"};
        for (const auto& line : listed.out.split('\n', Qt::SkipEmptyParts)) {
            // "1: predicted (Multi Polygon)"; the one table registered as attributes has no geometry.
            if (line.contains("Polygon")) {
                QVERIFY2(known.contains(line.section(' ', 1, 1)), qPrintable(line));
            }
        }
        QVERIFY2(listed.out.count('\n') <= 4, listed.explanation());
    }

    void anotherProgramAndOursWriteOneAfterTheOther() {
        const auto project = path("shared.gpkg");
        VERIFY_SUCCEEDED(cli({"project", "create", project, "--scene", path("demo/scene.json")}));
        VERIFY_SUCCEEDED(
            cli({"import", project, "--outlines", path("demo/outlines.gpkg"), "--layer", "expert"}));
        VERIFY_SUCCEEDED(
            run("ogrinfo", {project, "-sql", "UPDATE expert SET name = 'Renamed elsewhere' WHERE fid = 1"}));
        VERIFY_SUCCEEDED(
            cli({"import", project, "--outlines", path("demo/outlines.gpkg"), "--layer", "corrected"}));
        VERIFY_SUCCEEDED(run("ogrinfo", {project, "-sql", "DELETE FROM corrected WHERE fid = 1"}));
        const auto names = run("ogrinfo", {"-q", project, "-sql", "SELECT name FROM expert WHERE fid = 1"});
        QVERIFY2(names.out.contains("Renamed elsewhere"), names.explanation());
        VERIFY_SUCCEEDED(cli({"project", "info", project}));
    }

    void correctionsTeachANewModelVersionThatPredicts() {
        VERIFY_SUCCEEDED(
            cli({"import", m_project, "--outlines", path("demo/outlines.gpkg"), "--layer", "corrected"}));
        const auto learnt =
            cli({"finetune", m_project, "--from", "corrected", "--out", "local", "--steps", "4"});
        VERIFY_SUCCEEDED(learnt);
        QVERIFY2(learnt.out.contains("in 4 steps"), learnt.explanation());
        const auto models = cli({"model", "list"});
        QVERIFY2(models.out.contains("local v"), models.explanation());
        VERIFY_SUCCEEDED(cli({"predict", m_project, "--model", "local"}));
        QVERIFY2(!layerInfo("predicted_2").is_null(), "another model predicts into another layer");
    }

    void theDesktopRendersAPictureAndExits() {
        for (const QString camera : {"nadir", "oblique"}) {
            const auto file = path("view_" + camera + ".png");
            VERIFY_SUCCEEDED(
                desktop({m_project, "--screenshot", file, "--size", "800x500", "--camera", camera}));
            const QImage picture(file);
            QCOMPARE(picture.size(), QSize(800, 500));
            std::set<QRgb> colours;
            for (int x = 200; x < 600; x += 3) {
                colours.insert(picture.pixel(x, 280));
            }
            QVERIFY2(colours.size() > 40, "the picture shows a scene, not a flat colour");
        }
    }

    void everyCommandExplainsItselfWithAnExample() {
        for (const QStringList& command : {QStringList{"simulate"},
                                           {"project"},
                                           {"project", "create"},
                                           {"project", "info"},
                                           {"predict"},
                                           {"import"},
                                           {"export"},
                                           {"compare"},
                                           {"finetune"},
                                           {"model"}}) {
            const auto help = cli(command + QStringList{"--help"});
            VERIFY_SUCCEEDED(help);
            QVERIFY2(help.out.contains("Example") && help.out.contains("nunatak-cli " + command.first()),
                     help.explanation());
        }
    }

    void closingLeavesOneFile() {
        QVERIFY(!QFileInfo::exists(m_project + "-wal"));
        QVERIFY(!QFileInfo::exists(m_project + "-shm"));
    }
};

QTEST_GUILESS_MAIN(MainJobTest)
#include "main_job_test.moc"
