// SPDX-License-Identifier: GPL-3.0-or-later
// Models against each other and against what is known, through the built program: evaluate, model calibrate,
// band-ratio, and rasters of another program.
#include "programs.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace nunatak::tests;

namespace {

/// Bytes by name.
QMap<QString, QByteArray> filesWithContents(const QString& folder, const QStringList& patterns) {
    QMap<QString, QByteArray> contents;
    for (const auto& name : QDir(folder).entryList(patterns, QDir::Files)) {
        QFile file(folder + "/" + name);
        if (file.open(QIODevice::ReadOnly)) {
            contents[name] = file.readAll();
        }
    }
    return contents;
}

} // namespace

class EvaluationTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }

    nlohmann::json layer(const std::string& name) const {
        const auto info = cli({"project", "info", path("demo.gpkg"), "--json"}).json();
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
        for (const char* seed : {"3", "4"}) {
            VERIFY_SUCCEEDED(
                cli({"simulate", "--out", path("scenes/") + seed, "--seed", seed, "--size", "256", "256"}));
        }
        VERIFY_SUCCEEDED(
            cli({"project", "create", path("demo.gpkg"), "--scene", path("scenes/3/scene.json")}));
        VERIFY_SUCCEEDED(cli({"import", path("demo.gpkg"), "--outlines", path("scenes/3/outlines.gpkg")}));
        VERIFY_SUCCEEDED(cli({"predict", "--scene", path("scenes/3/scene.json"), "--out", path("results")}));
    }

    void scenesWithKnownOutlinesAreEvaluatedByRegionSensorAndYear() {
        const auto run = cli({"evaluate", "--scenes", path("scenes"), "--json"});
        VERIFY_SUCCEEDED(run);
        const auto table = run.json();
        for (const char* kind : {"regions", "sensors", "years", "scenes"}) {
            QVERIFY2(table.contains(kind), kind);
        }
        QCOMPARE(table["scenes"].size(), std::size_t(2));
        QVERIFY(table["average"]["iou"].get<double>() > 0.8);
        long pixels = 0;
        for (const char* count : {"tp", "tn", "fp", "fn"}) {
            pixels += table["sensors"]["simulated"][count].get<long>();
        }
        QCOMPARE(pixels, 2L * 256 * 256);
    }

    void whatIsNoOutlineOfAKnownSceneIsToldAndTheTableStaysJson() {
        QDir().mkpath(path("holes/3"));
        for (const auto& entry : QDir(path("scenes/3")).entryInfoList(QDir::Files)) {
            QVERIFY(QFile::copy(entry.filePath(), path("holes/3/") + entry.fileName()));
        }
        QVERIFY(QFile::remove(path("holes/3/outlines.gpkg")));
        QFile outlines(path("holes/3/outlines.geojson"));
        QVERIFY(outlines.open(QIODevice::WriteOnly));
        outlines.write(
            R"({"type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates":
                    [[[10.33, 46.9], [10.36, 46.9], [10.36, 46.93], [10.33, 46.93], [10.33, 46.9]]]}},
                {"type": "Feature", "properties": {}, "geometry": null}]})");
        outlines.close();
        const auto run = cli({"evaluate", "--scenes", path("holes"), "--json"});
        VERIFY_SUCCEEDED(run);
        QVERIFY2(run.err.contains("1 feature of") && run.err.contains("outlines.geojson"), run.explanation());
        QVERIFY(!run.err.contains("not calibrated"));
        QCOMPARE(run.json()["scenes"].size(), std::size_t(1));
        QVERIFY(!cli({"evaluate", "--scenes", path("scenes"), "--json"}).err.contains("Note"));
    }

    void aFolderWithoutScenesIsRefused() {
        QDir().mkpath(path("empty"));
        const auto run = cli({"evaluate", "--scenes", path("empty")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("scene.json"), run.explanation());
        QCOMPARE(cli({"evaluate"}).exitCode, 2);
    }

    void aCalibrationIsFittedAndKeptInANewVersion() {
        const auto before = cli({"model", "show", "starter", "--json"}).json();
        const auto run = cli({"model", "calibrate", "starter", "--scenes", path("scenes"), "--tta"});
        VERIFY_SUCCEEDED(run);
        QVERIFY2(run.out.contains("Expected calibration error"), run.explanation());
        const auto after = cli({"model", "show", "starter", "--json"}).json();
        QCOMPARE(after["version"].get<int>(), before["version"].get<int>() + 1);
        QCOMPARE(after["fingerprint"].get<std::string>(), before["fingerprint"].get<std::string>());
        // The one that came with it is for another inference and stays.
        QCOMPARE(after["calibrations"].size(), before["calibrations"].size() + 1);
        const auto& fitted = after["calibrations"].back();
        QCOMPARE(fitted["inference"].get<std::string>(), std::string("tta"));
        QVERIFY(fitted["ece_after"].get<double>() < fitted["ece_before"].get<double>());
    }

    void glaciersThatAreCutAtTheEdgeOfARegionAreTold() {
        VERIFY_SUCCEEDED(
            cli({"project", "create", path("cut.gpkg"), "--scene", path("scenes/3/scene.json")}));
        const auto predictPart = [&] {
            return cli({"predict", path("cut.gpkg"), "--region-of-interest", "601000", "5193000", "605000",
                        "5199000"});
        };
        const auto alone = predictPart();
        VERIFY_SUCCEEDED(alone);
        QVERIFY2(alone.out.contains("cut at the edge of the region"), alone.explanation());
        VERIFY_SUCCEEDED(cli({"predict", path("cut.gpkg")}));
        const auto again = predictPart();
        VERIFY_SUCCEEDED(again);
        QVERIFY2(!again.out.contains("cut at the edge"), again.explanation());
    }

    void theBandRatioIsAPredictionToCompareWith() {
        VERIFY_SUCCEEDED(cli({"band-ratio", path("demo.gpkg")}));
        QCOMPARE(layer("band_ratio")["kind"].get<std::string>(), std::string("predicted"));
        const auto compared =
            cli({"compare", path("demo.gpkg"), "--model", "band_ratio", "--expert", "expert", "--json"});
        VERIFY_SUCCEEDED(compared);
        const double iou = compared.json()["iou"].get<double>();
        QVERIFY2(iou > 0.3 && iou < 0.9, compared.explanation());
    }

    void theOtherNumeratorHasALayerAndRastersOfItsOwn() {
        VERIFY_SUCCEEDED(cli({"band-ratio", path("demo.gpkg"), "--numerator", "nir"}));
        QCOMPARE(layer("band_ratio_nir")["kind"].get<std::string>(), std::string("predicted"));
        const QDir files(path("demo.files"));
        QCOMPARE(files.entryList({"outlines_*_band-ratio-*.tif"}).size(), 2);
        VERIFY_SUCCEEDED(
            cli({"band-ratio", "--scene", path("scenes/3/scene.json"), "--out", path("new/ratio")}));
        for (const char* name : {"ratio.tif", "quality.tif", "outlines.tif", "outlines.gpkg"}) {
            QVERIFY2(QFile::exists(path("new/ratio/") + name), name);
        }
    }

    void anotherLayerWithOtherSettingsLeavesTheRastersOfTheFirst() {
        const QDir files(path("demo.files"));
        for (const auto& [command, kind] :
             {std::pair("predict", "probability_*"), std::pair("band-ratio", "outlines_*_band-ratio-red*")}) {
            VERIFY_SUCCEEDED(cli({command, path("demo.gpkg")}));
            const auto before = filesWithContents(files.path(), {kind});
            QVERIFY(!before.isEmpty());
            const auto other = cli({command, path("demo.gpkg"), "--threshold", "0.7", "--layer",
                                    QString(command).replace('-', '_') + "_strict"});
            VERIFY_SUCCEEDED(other);
            const auto after = filesWithContents(files.path(), {kind});
            QCOMPARE(after.size(), before.size() + 1);
            for (const auto& [name, contents] : before.asKeyValueRange()) {
                QVERIFY2(after.value(name) == contents, qPrintable(name));
            }
        }
    }

    void aLayerThatCannotTakeTheResultIsRefusedBeforeTheWork() {
        const QDir files(path("demo.files"));
        const auto before = files.entryInfoList({"*.tif"});
        for (const QStringList& command : {QStringList{"predict", path("demo.gpkg"), "--layer", "expert"},
                                           QStringList{"band-ratio", path("demo.gpkg"), "--layer", "expert"},
                                           QStringList{"import", path("demo.gpkg"), "--mask",
                                                       path("results/outlines.tif"), "--layer", "expert"}}) {
            const auto refused = cli(command);
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.err.contains("no prediction replaces"), refused.explanation());
        }
        const auto after = files.entryInfoList({"*.tif"});
        QCOMPARE(after.size(), before.size());
        for (int i = 0; i < after.size(); ++i) {
            QCOMPARE(after[i].lastModified(), before[i].lastModified());
        }
    }

    void whereTheModelIsUnsureDebrisStaysUndecided() {
        VERIFY_SUCCEEDED(cli({"predict", path("demo.gpkg"), "--layer", "unsure"}));
        const auto undecided = [&](const char* threshold) {
            const auto run = cli({"band-ratio", path("demo.gpkg"), "--inside", "unsure",
                                  "--confidence-threshold", threshold, "--json"});
            double area = 0;
            for (const auto& glacier : run.succeeded() ? run.json() : nlohmann::json::array()) {
                area += glacier["undecided_m2"].get<double>();
            }
            return area;
        };
        QCOMPARE(undecided("0"), 0.0);
        const double some = undecided("0.9");
        QVERIFY2(some > 0 && some < undecided("0.99999"), QByteArray::number(some));
    }

    void aSetEvaluatesEachSceneWithTheModelOfItsRegion() {
        VERIFY_SUCCEEDED(cli({"model", "set", "world", "starter=ALP,NZ"}));
        const auto listed = cli({"model", "list", "--json"}).json();
        QCOMPARE(listed["sets"][0]["name"].get<std::string>(), std::string("world"));
        const auto alone = cli({"evaluate", "--scenes", path("scenes"), "--model", "starter", "--json"});
        const auto asSet = cli({"evaluate", "--scenes", path("scenes"), "--model", "world", "--json"});
        VERIFY_SUCCEEDED(asSet);
        QCOMPARE(asSet.out, alone.out);
        QCOMPARE(cli({"model", "set", "wrong", "starter=Alps"}).exitCode, 1);
        QCOMPARE(cli({"model", "set", "wrong", "nobody=ALP"}).exitCode, 1);
        VERIFY_SUCCEEDED(cli({"model", "set", "elsewhere", "starter=HMA"}));
        const auto refused = cli({"evaluate", "--scenes", path("scenes"), "--model", "elsewhere"});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("has no model for"), refused.explanation());
    }

    void debrisIsSplitFromIceAgainAndAgainWithoutDoubling() {
        VERIFY_SUCCEEDED(cli({"band-ratio", path("demo.gpkg"), "--inside", "expert"}));
        const auto first = layer("debris_cov");
        QVERIFY(first["outlines"].get<int>() > 0);
        VERIFY_SUCCEEDED(cli({"band-ratio", path("demo.gpkg"), "--inside", "expert"}));
        QCOMPARE(layer("debris_cov")["outlines"].get<int>(), first["outlines"].get<int>());
        VERIFY_SUCCEEDED(
            cli({"export", path("demo.gpkg"), "--layer", "debris_cov", "--out", path("debris.geojson")}));
        QFile written(path("debris.geojson"));
        QVERIFY(written.open(QIODevice::ReadOnly));
        const auto known =
            nlohmann::json::parse(written.readAll().toStdString())["features"][0]["properties"];
        QCOMPARE(known["line_type"].get<std::string>(), std::string("debris_cov"));
        QVERIFY(!known["glac_uuid"].get<std::string>().empty());
    }

    void aMapOfAnotherProgramBecomesALayer() {
        VERIFY_SUCCEEDED(cli({"import", path("demo.gpkg"), "--mask", path("results/outlines.tif"),
                              "--confidence", path("results/confidence.tif"), "--layer", "deeplab"}));
        VERIFY_SUCCEEDED(cli({"predict", path("demo.gpkg")}));
        const auto compared =
            cli({"compare", path("demo.gpkg"), "--model", "deeplab", "--expert", "predicted", "--json"});
        VERIFY_SUCCEEDED(compared);
        QVERIFY2(compared.json()["iou"].get<double>() > 0.999, compared.explanation());
        const auto refused = cli({"import", path("demo.gpkg"), "--mask", path("scenes/3/optical.tif")});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("optical.tif"), refused.explanation());
        QCOMPARE(cli({"import", path("demo.gpkg")}).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(EvaluationTest)
#include "evaluation_test.moc"
