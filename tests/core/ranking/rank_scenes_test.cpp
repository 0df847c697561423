// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/report.h"

#include "base/error.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::ranking;

namespace {

Conditions conditions(std::optional<double> covered, std::optional<double> cloud, std::optional<double> snow,
                      std::optional<double> shadow) {
    return {covered, cloud, snow, shadow};
}

RankedScene ranked(const std::string& name, const Conditions& together) {
    RankedScene scene;
    scene.id = name;
    scene.name = name;
    scene.hasGlaciers = true;
    scene.glaciers.together = together;
    return scene;
}

QString order(const std::vector<RankedScene>& scenes) {
    QString names;
    for (const auto& scene : scenes) {
        names += QString::fromStdString(scene.name) + " ";
    }
    return names.trimmed();
}

/// Two scenes and two glaciers, of which each is better seen in another scene.
std::vector<RankedScene> twoScenes() {
    auto first = ranked("July, cloudy", conditions(1, 0.4, 0.1, 0.05));
    first.date = "2020-07-01";
    first.dayOfYear = 183;
    first.sun = Sun{60, 140, false};
    first.glaciers.glaciers = {{"u1", "North \"Peak\", upper", 2e6, conditions(1, 0.8, 0.1, 0)},
                               {"u2", "South", 1e6, conditions(1, 0, 0.1, 0)}};
    auto second = ranked("September", conditions(0.5, {}, 0, 0));
    second.date = "2020-09-01";
    second.dayOfYear = 245;
    second.notes = {"The scene has no cloud mask."};
    second.glaciers.glaciers = {{"u1", "North \"Peak\", upper", 2e6, conditions(0.5, {}, 0, 0)},
                                {"u2", "South", 1e6, conditions(0, {}, {}, {})}};
    return {first, second};
}

} // namespace

class RankScenesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theScoreIsWhatIsCoveredFreeOfCloudSnowAndShadow() {
        QCOMPARE(conditions(0.8, 0.5, 0.25, 0.1).score().value(), 0.8 * 0.5 * 0.75 * 0.9);
        QVERIFY(!conditions(0.8, 0.5, 0.25, 0.1).scoreIsUpperBound());
        QCOMPARE(conditions(0.8, {}, 0.25, {}).score().value(), 0.8 * 0.75);
        QVERIFY(conditions(0.8, {}, 0.25, {}).scoreIsUpperBound());
        QVERIFY(!conditions({}, {}, {}, {}).score());
    }

    void eachColumnPutsItsBestFirstAndTheUnknownLast() {
        auto a = ranked("a", conditions(0.9, 0.2, 0.3, 0.1));
        a.date = "2019-08-30";
        a.dayOfYear = 242;
        a.sun = Sun{30, 150, false};
        auto b = ranked("b", conditions(1.0, 0.5, 0.1, 0.3));
        b.date = "2020-08-01";
        b.dayOfYear = 214;
        b.sun = Sun{45, 140, false};
        const auto c = ranked("c", conditions(0.2, {}, {}, {})); // neither date nor sun
        const auto sorted = [&](const char* column) {
            std::vector<RankedScene> scenes{c, a, b};
            sort(scenes, columnFromString(column));
            return order(scenes);
        };
        QCOMPARE(sorted("score"), "a b c"); // 0.4536, 0.315, 0.2
        QCOMPARE(sorted("covered"), "b a c");
        QCOMPARE(sorted("cloud"), "a b c");
        QCOMPARE(sorted("snow"), "b a c");
        QCOMPARE(sorted("shadow"), "a b c");
        QCOMPARE(sorted("sun"), "b a c");
        QCOMPARE(sorted("day"), "b a c");
        QCOMPARE(sorted("date"), "b a c");
        QCOMPARE(sorted("name"), "a b c");
    }

    void anUnknownColumnIsOneSentenceThatNamesThoseThereAre() {
        try {
            columnFromString("beauty");
            QFAIL("it was taken");
        } catch (const Error& error) {
            QVERIFY(QString(error.what()).contains("\"beauty\""));
            QVERIFY(QString(error.what()).contains("score, covered, cloud"));
        }
    }

    void theTableHasALineForEachSceneAndSaysWhatIsUnknown() {
        const auto lines = QString::fromStdString(toTable(twoScenes())).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[1].simplified(), "2020-07-01 0.51 100.0 40.0 10.0 5.0 60.0 183 July, cloudy");
        QCOMPARE(lines[2].simplified(), "2020-09-01 ≤ 0.50 50.0 unknown 0.0 0.0 unknown 245 September");
        for (const auto& line : lines) {
            QVERIFY2(line.indexOf(line == lines[0]   ? "scene"
                                  : line == lines[1] ? "July"
                                                     : "September") == lines[0].indexOf("scene"),
                     qPrintable(line));
        }
    }

    void eachGlaciersScenesComeFromItsOwnBest() {
        const auto table = QString::fromStdString(glaciersTable(twoScenes())).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(table.size(), 5);
        QVERIFY(table[1].startsWith("2020-09-01")); // 0.5 before 0.18 for the northern one
        QVERIFY(table[3].startsWith("2020-07-01")); // 0.9 before 0 for the southern one
        const auto csv = QString::fromStdString(glaciersCsv(twoScenes())).split("\r\n", Qt::SkipEmptyParts);
        QCOMPARE(csv.size(), 5);
        QCOMPARE(
            csv[1],
            "\"North \"\"Peak\"\", upper\",u1,2000000,September,2020-09-01,0.5000,0.5000,,0.0000,0.0000");
        QCOMPARE(csv[3], "South,u2,1000000,\"July, cloudy\",2020-07-01,0.9000,1.0000,0.0000,0.1000,0.0000");
    }

    void jsonTellsUnknownFromZero() {
        const auto json = nlohmann::json::parse(toJson(twoScenes()));
        QCOMPARE(json.size(), std::size_t(2));
        QVERIFY(json[1]["conditions"]["cloud"].is_null());
        QCOMPARE(json[1]["conditions"]["snow"].get<double>(), 0.0);
        QVERIFY(json[1]["sun_elevation"].is_null());
        QCOMPARE(json[0]["day_of_year"].get<int>(), 183);
        QCOMPARE(json[0]["glaciers"][0]["cloud"].get<double>(), 0.8);
        QVERIFY(json[1]["conditions"]["score_is_upper_bound"].get<bool>());
        QCOMPARE(json[1]["notes"][0].get<std::string>(), std::string("The scene has no cloud mask."));
    }

    void outlinesThatNoSceneReachesAreLeftOut() {
        const auto utm = geo::Crs::fromUserInput("EPSG:32632");
        const auto square = [](double longitude, double latitude) {
            outlines::Outline outline;
            outline.uuid = outlines::makeUuid();
            outline.geometry = {{{{longitude, latitude},
                                  {longitude + 0.01, latitude},
                                  {longitude + 0.01, latitude + 0.01},
                                  {longitude, latitude + 0.01}},
                                 {}}};
            return outlines::share(std::move(outline));
        };
        scene::Scene scene;
        scene.grid = {utm, 600000, 5200000, 30, 1000, 1000}; // 10.3° to 10.7° E, 46.7° to 46.9° N
        const EarlierOutlines all{geo::Crs::fromUserInput("EPSG:4326"),
                                  {square(10.5, 46.8), square(86, 28), square(-70, -50), square(-170, 88)}};
        const auto near = within(all, {scene});
        QCOMPARE(near.glaciers.size(), std::size_t(1));
        QCOMPARE(near.glaciers[0]->uuid, all.glaciers[0]->uuid);
    }
};

QTEST_GUILESS_MAIN(RankScenesTest)
#include "rank_scenes_test.moc"
