// SPDX-License-Identifier: GPL-3.0-or-later
// Checking outlines on the command line: what is found, and what a script learns from the exit code.

#include "system/programs.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <string>
#include <vector>

using namespace nunatak::tests;

namespace {

using Corners = std::vector<std::pair<double, double>>;

/// Polygons in metres of the simulated scene's system, from its middle.
QByteArray geojson(const std::vector<std::pair<QString, Corners>>& glaciers, double x, double y, int epsg) {
    nlohmann::json features = nlohmann::json::array();
    for (const auto& [name, corners] : glaciers) {
        nlohmann::json ring = nlohmann::json::array();
        for (const auto& [east, north] : corners) {
            ring.push_back({x + east, y + north});
        }
        ring.push_back(ring.front());
        features.push_back({{"type", "Feature"},
                            {"properties", {{"name", name.toStdString()}}},
                            {"geometry", {{"type", "Polygon"}, {"coordinates", {ring}}}}});
    }
    const auto system = "urn:ogc:def:crs:EPSG::" + std::to_string(epsg);
    return QByteArray::fromStdString(nlohmann::json{
        {"type", "FeatureCollection"},
        {"crs", {{"type", "name"}, {"properties", {{"name", system}}}}},
        {"features", features}}.dump());
}

} // namespace

class OutlinesCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_epsg = 0;
    double m_x = 0;
    double m_y = 0;

    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// A project with these glaciers as references, and an inventory started from them.
    QString projectWith(const QString& name, const std::vector<std::pair<QString, Corners>>& glaciers) {
        const QString project = path(name + ".gpkg");
        const QString outlines = path(name + ".geojson");
        QFile file(outlines);
        const auto content = geojson(glaciers, m_x, m_y, m_epsg);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            return {};
        }
        file.close();
        const QStringList commands[] = {
            {"project", "create", project, "--scene", path("scene/scene.json")},
            {"import", project, "--outlines", outlines, "--layer", "expert", "--date", "2020-08-20"},
            {"inventory", "start", project, "--from", "expert"}};
        for (const auto& command : commands) {
            if (const auto done = cli(command); !done.succeeded()) {
                qWarning("%s", done.explanation().constData());
                return {};
            }
        }
        return project;
    }

    /// An elevation model of 10 m around the middle of the scene, 2,000 m wide, whose ridge runs from south
    /// to north through it, as a file without compression.
    QString ridge(const QString& name) {
        constexpr int size = 200;
        QFile raw(path(name + ".raw"));
        QFile header(path(name + ".hdr"));
        if (!raw.open(QIODevice::WriteOnly) || !header.open(QIODevice::WriteOnly)) {
            return {};
        }
        for (int row = 0; row < size; ++row) {
            for (int column = 0; column < size; ++column) {
                const float height = 2000.0F - 5.0F * static_cast<float>(std::abs(column - size / 2));
                raw.write(reinterpret_cast<const char*>(&height), sizeof height);
            }
        }
        header.write(
            QStringLiteral("ENVI\nsamples = %1\nlines = %1\nbands = 1\nheader offset = 0\n"
                           "file type = ENVI Standard\ndata type = 4\ninterleave = bsq\n"
                           "byte order = 0\nmap info = {UTM, 1, 1, %2, %3, 10, 10, %4, %5, WGS-84}\n")
                .arg(size)
                .arg(m_x - 1000, 0, 'f', 3)
                .arg(m_y + 1000, 0, 'f', 3)
                .arg(m_epsg % 100)
                .arg(m_epsg / 100 == 326 ? "North" : "South")
                .toUtf8());
        return raw.fileName();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("scene"), "--seed", "5", "--size", "128", "128"}));
        VERIFY_SUCCEEDED(cli({"project", "create", path("plain.gpkg"), "--scene", path("scene/scene.json")}));
        const auto info = cli({"project", "info", path("plain.gpkg"), "--json"}).json();
        m_epsg = info["epsg"].get<int>();
        const auto grid = run("gdalinfo", {"-json", path("scene/optical.tif")}).json();
        m_x = grid["cornerCoordinates"]["center"][0].get<double>();
        m_y = grid["cornerCoordinates"]["center"][1].get<double>();
    }

    void anExportOfARegionSaysWhereNothingLiesAndTakesNoOtherWordsForOne() {
        const auto project = projectWith("regions", {{"West", {{0, 0}, {200, 0}, {200, 200}, {0, 200}}},
                                                     {"East", {{300, 0}, {500, 0}, {500, 200}, {300, 200}}}});
        const auto exported = [&](const QStringList& region) {
            QFile::remove(path("part.gpkg"));
            return cli(QStringList{"export", project, "--out", path("part.gpkg")} + region);
        };
        const auto corners = [&](double west, double east) {
            return QStringList{"--region", QString::number(m_x + west, 'f', 1),
                               QString::number(m_y - 10, 'f', 1), QString::number(m_x + east, 'f', 1),
                               QString::number(m_y + 210, 'f', 1)};
        };
        const auto one = exported(corners(-10, 210));
        VERIFY_SUCCEEDED(one);
        QVERIFY2(one.out.contains("Chosen: 1 of 2 outlines"), one.explanation());
        const auto refused = [&](const QStringList& region, const QString& words) {
            const auto done = exported(region);
            QVERIFY2(done.exitCode != 0 && done.err.contains(words), done.explanation());
            QVERIFY(!QFile::exists(path("part.gpkg")));
        };
        refused({"--region", "10", "46", "11", "47"},
                "None of the 2 outlines lies in the region (x 10 to 11");
        refused(corners(210, -10), "the minima first");
        refused({"--region", "nan", "nan", "nan", "nan"}, "the minima first");
        refused({"--region", "west", "46", "11", "47"}, "--region");
        refused({"--region", "10", "46", "11"}, "--region");
        refused(corners(-10, 210) + QStringList{"--within", "expert"}, "--within");
        refused({"--schema", "rgi7-g", "--o1region", "Alps"}, "no first-order region");
    }

    void whereNothingIsWrongTheExitCodeIsNought() {
        const auto project = projectWith("sound", {{"West", {{0, 0}, {200, 0}, {200, 200}, {0, 200}}},
                                                   {"East", {{200, 0}, {400, 0}, {400, 200}, {200, 200}}}});
        const auto checked = cli({"outlines", "check", project});
        VERIFY_SUCCEEDED(checked);
        QVERIFY2(checked.out.contains("Nothing is wrong with the 2 outlines"), checked.explanation());
        const auto json = cli({"outlines", "check", project, "--layer", "expert", "--json"});
        VERIFY_SUCCEEDED(json);
        QVERIFY(json.json()["findings"].empty());
    }

    void whatIsFoundIsSaidAndTheExitCodeIsOne() {
        const auto project = projectWith("wrong", {{"West", {{0, 0}, {200, 0}, {200, 200}, {0, 200}}},
                                                   {"East", {{190, 0}, {400, 0}, {400, 200}, {190, 200}}},
                                                   {"Tiny", {{0, 400}, {20, 400}, {20, 420}, {0, 420}}}});
        const auto checked = cli({"outlines", "check", project});
        QCOMPARE(checked.exitCode, 1);
        QVERIFY2(checked.out.contains("overlap by"), checked.explanation());
        QVERIFY2(checked.out.contains("2 findings in the 3 outlines"), checked.explanation());
        const auto found = cli({"outlines", "check", project, "--json"});
        QCOMPARE(found.exitCode, 1);
        const auto json = found.json();
        QCOMPARE(json["layer"].get<std::string>(), std::string("inventory"));
        QCOMPARE(json["findings"].size(), std::size_t{2});
        const auto& overlap = json["findings"][1];
        QCOMPARE(overlap["kind"].get<std::string>(), std::string("overlap"));
        QCOMPARE(overlap["outlines"].size(), std::size_t{2});
        QVERIFY(std::abs(overlap["size"].get<double>() - 2000) < 20);
        QCOMPARE(overlap["unit"].get<std::string>(), std::string("m2"));
        QVERIFY(std::abs(overlap["place"][0].get<double>() - m_x - 195) < 5.1);
        const auto without = cli({"outlines", "check", project, "--smallest", "0", "--json"});
        QCOMPARE(without.json()["findings"].size(), std::size_t{1});
    }

    void linesComeTogetherAsOneStepOfTheHistory() {
        const auto project =
            projectWith("near", {{"West", {{0, 0}, {200, 0}, {200, 200}, {0, 200}}},
                                 {"East", {{201.5, 0}, {400, 0}, {400, 200}, {201.5, 200}}}});
        const auto steps = [&] {
            return cli({"project", "info", project, "--json"}).json()["history_steps"].get<int>();
        };
        const int before = steps();
        QCOMPARE(cli({"outlines", "check", project}).exitCode, 1);
        const auto refused = cli({"outlines", "snap", project, "--layer", "expert"});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("is a reference, which is not edited"), refused.explanation());
        const auto looked = cli({"outlines", "snap", project, "--layer", "expert", "--dry-run", "--json"});
        VERIFY_SUCCEEDED(looked);
        QCOMPARE(looked.json()["moved"].get<int>(), 2);
        QVERIFY(looked.json()["dry_run"].get<bool>());
        QCOMPARE(steps(), before);
        const auto done = cli({"outlines", "snap", project, "--tolerance", "5", "--json"});
        VERIFY_SUCCEEDED(done);
        const auto json = done.json();
        QCOMPARE(json["moved"].get<int>(), 2);
        QVERIFY(std::abs(json["farthest_m"].get<double>() - 1.5) < 0.01);
        QCOMPARE(json["areas"].size(), std::size_t{1});
        QVERIFY(std::abs(json["areas"][0]["after_m2"].get<double>() -
                         json["areas"][0]["before_m2"].get<double>() - 300) < 3);
        QCOMPARE(json["areas"][0]["outline"]["name"].get<std::string>(), std::string("East"));
        QVERIFY(json["left"].empty());
        QCOMPARE(steps(), before + 1);
        VERIFY_SUCCEEDED(cli({"outlines", "check", project}));
        const auto again = cli({"outlines", "snap", project});
        VERIFY_SUCCEEDED(again);
        QVERIFY2(again.out.contains("Nothing to bring together"), again.explanation());
        QCOMPARE(steps(), before + 1);
        const auto told = cli({"outlines", "snap", project, "--layer", "expert", "--dry-run"});
        VERIFY_SUCCEEDED(told);
        QVERIFY2(told.out.contains("Would move 2 vertices by up to 1.5 m"), told.explanation());
        QVERIFY2(told.out.contains("East: "), told.explanation());
    }

    void aVertexOnANeighboursLineIsNoFindingAndComesWithoutAMove() {
        const auto project =
            projectWith("junction", {{"Large", {{0, 0}, {400, 0}, {400, 400}, {0, 400}}},
                                     {"North", {{100, 400}, {300, 400}, {300, 600}, {100, 600}}}});
        VERIFY_SUCCEEDED(cli({"outlines", "check", project}));
        const auto looked = cli({"outlines", "snap", project, "--dry-run"});
        VERIFY_SUCCEEDED(looked);
        QVERIFY2(looked.out.contains("No line moves. 2 vertices would come where lines are one already"),
                 looked.explanation());
    }

    void badInputIsOneSentence() {
        const auto project = path("plain.gpkg");
        const auto none = cli({"outlines", "check", project});
        QCOMPARE(none.exitCode, 2); // 1 says that something was found
        QVERIFY2(none.err.contains("no inventory yet"), none.explanation());
        const auto unknown = cli({"outlines", "check", project, "--layer", "nobody"});
        QCOMPARE(unknown.exitCode, 2);
        QVERIFY2(unknown.err.contains("nobody"), unknown.explanation());
        QCOMPARE(cli({"outlines", "check", project, "--smallest", "-1"}).exitCode, 2);
        QCOMPARE(cli({"outlines", "check", path("nothing.gpkg")}).exitCode, 2);
        QCOMPARE(cli({"outlines", "snap", project, "--tolerance", "0"}).exitCode, 2);
        QCOMPARE(cli({"outlines", "snap", project, "--tolerance", "nan"}).exitCode, 2);
        QCOMPARE(cli({"outlines", "snap", project}).exitCode, 1);
    }

    void aComplexIsDividedAlongItsRidgeInOneStep() {
        const auto project =
            projectWith("complex", {{"Complex", {{-800, -500}, {700, -500}, {700, 500}, {-800, 500}}},
                                    {"Slope", {{-800, 600}, {-300, 600}, {-300, 900}, {-800, 900}}},
                                    {"Beyond", {{5000, 0}, {5200, 0}, {5200, 200}, {5000, 200}}}});
        const auto model = ridge("ridge");
        const auto steps = [&] {
            return cli({"project", "info", project, "--json"}).json()["history_steps"].get<int>();
        };
        const int before = steps();
        const auto refused = cli({"outlines", "divide", project, "--layer", "expert", "--elevation", model});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("is a reference, which is not edited"), refused.explanation());
        const auto looked = cli({"outlines", "divide", project, "--elevation", model, "--dry-run", "--json"});
        VERIFY_SUCCEEDED(looked);
        QCOMPARE(looked.json()["divided"].get<int>(), 1);
        QCOMPARE(looked.json()["parts"].get<int>(), 2);
        QCOMPARE(steps(), before);
        const auto one = cli({"outlines", "divide", project, "--elevation", model, "--saddle", "600"});
        VERIFY_SUCCEEDED(one);
        QVERIFY2(one.out.contains("Nothing to divide in the 3 outlines"), one.explanation());
        const auto done = cli({"outlines", "divide", project, "--elevation", model, "--json"});
        VERIFY_SUCCEEDED(done);
        const auto json = done.json();
        QCOMPARE(json["outlines"].size(), std::size_t{3});
        const auto& parts = json["outlines"][0]["parts"];
        QCOMPARE(parts.size(), std::size_t{2});
        QVERIFY(std::abs(parts[0]["area_m2"].get<double>() - 800000) < 12000);
        QVERIFY(std::abs(parts[1]["area_m2"].get<double>() - 700000) < 12000);
        QCOMPARE(parts[0]["uuid"].get<std::string>(),
                 json["outlines"][0]["outline"]["uuid"].get<std::string>());
        QVERIFY(json["outlines"][1]["why"].is_null());
        QCOMPARE(json["outlines"][2]["why"].get<std::string>(),
                 std::string("The elevation model has no heights for 100 % of it."));
        QCOMPARE(steps(), before + 1);
        const auto checked = cli({"outlines", "check", project});
        VERIFY_SUCCEEDED(checked);
        QVERIFY2(checked.out.contains("Nothing is wrong with the 4 outlines"), checked.explanation());
        const auto again = cli({"outlines", "divide", project, "--elevation", model});
        QVERIFY2(again.out.contains("Nothing to divide"), again.explanation());
    }

    void theDividesOfAnEarlierInventoryAreCopied() {
        const auto project =
            projectWith("copied", {{"Complex", {{-800, -500}, {700, -500}, {700, 500}, {-800, 500}}}});
        const auto earlier = path("earlier.geojson");
        QFile file(earlier);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(geojson({{"West", {{-900, -500}, {100, -500}, {200, 500}, {-900, 500}}},
                            {"East", {{100, -500}, {900, -500}, {900, 500}, {200, 500}}},
                            {"Gone", {{2000, 0}, {2200, 0}, {2200, 200}, {2000, 200}}}},
                           m_x, m_y, m_epsg));
        file.close();
        VERIFY_SUCCEEDED(
            cli({"import", project, "--outlines", earlier, "--layer", "earlier", "--date", "2000-08-20"}));
        const auto itself = cli({"outlines", "divide", project, "--like", "inventory"});
        QCOMPARE(itself.exitCode, 1);
        QVERIFY2(itself.err.contains("not divided like itself"), itself.explanation());
        const auto done = cli({"outlines", "divide", project, "--like", "earlier"});
        VERIFY_SUCCEEDED(done);
        QVERIFY2(done.out.contains("Complex: 2 parts, 0.951 km² (West), 0.550 km² (East)"),
                 done.explanation());
        QVERIFY2(done.out.contains("Gone has no ice any more."), done.explanation());
        QVERIFY2(done.out.contains("Divided 1 of the 1 outline of layer \"inventory\" into 2."),
                 done.explanation());
        VERIFY_SUCCEEDED(cli({"outlines", "check", project}));
    }

    void anInventoryOfAnotherEpochIsStartedFromOne() {
        const auto project = projectWith("epochs", {{"A", {{0, 0}, {200, 0}, {200, 200}, {0, 200}}}});
        const auto started =
            cli({"inventory", "start", project, "--from", "inventory", "--target-year", "1985"});
        VERIFY_SUCCEEDED(started);
        QVERIFY2(started.out.contains(
                     "Started Inventory 1985 (layer inventory_2, 1985 ± 5 years) with 1 outline."),
                 started.explanation());
        const auto again =
            cli({"inventory", "start", project, "--from", "inventory_2", "--target-year", "1985"});
        QCOMPARE(again.exitCode, 1);
        QVERIFY2(again.err.contains("is of 1985 itself"), again.explanation());
    }

    void badInputOfDividesIsOneSentence() {
        const auto project = projectWith("bad", {{"A", {{0, 0}, {200, 0}, {200, 200}, {0, 200}}}});
        const auto missing = cli({"outlines", "divide", project, "--elevation", path("none.tif")});
        QCOMPARE(missing.exitCode, 1);
        QVERIFY2(missing.err.contains("none.tif"), missing.explanation());
        const auto outline = cli({"outlines", "divide", project, "--outline", "nobody"});
        QCOMPARE(outline.exitCode, 1);
        QVERIFY2(outline.err.contains("has no outline nobody"), outline.explanation());
        QVERIFY(cli({"outlines", "divide", project, "--saddle", "-5"}).exitCode != 0);
        QVERIFY(cli({"outlines", "divide", project, "--area", "nan"}).exitCode != 0);
    }
};

QTEST_GUILESS_MAIN(OutlinesCommandTest)
#include "outlines_command_test.moc"
