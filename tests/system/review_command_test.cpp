// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of what needs an eye, on the command line: as a person, as JSON and as CSV.

#include "system/programs.h"

#include <QDateTime>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <set>
#include <string>

using namespace nunatak::tests;

class ReviewCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    nlohmann::json queue(const QStringList& more = {}) const {
        return cli(QStringList{"review", m_project, "--json"} + more).json();
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
        const auto none = cli({"review", m_project});
        QVERIFY(none.exitCode == 1 && none.err.contains("no inventory yet"));
        VERIFY_SUCCEEDED(cli({"predict", m_project}));
    }

    void theDemoComesWithAShortQueueOfGlaciersThatDifferFromTheExpert() {
        VERIFY_SUCCEEDED(cli({"demo", "--out", path("newcomer")}));
        const auto json = cli({"review", path("newcomer/demo.gpkg"), "--json"}).json();
        const auto left = json["in_queue"].get<int>();
        QVERIFY2(left >= 5 && left <= 15, json["progress"].dump().c_str());
        QVERIFY(json["progress"]["reviewed"].get<int>() > 100);
        for (const auto& entry : json["queue"]) {
            QVERIFY(entry["difference_from_expert"].get<double>() > 0.02);
            QVERIFY2(entry["faults"].empty(), entry.dump().c_str());
        }
        // One that is there stays as it is.
        const auto before = QFileInfo(path("newcomer/demo.gpkg")).lastModified();
        VERIFY_SUCCEEDED(cli({"demo", "--out", path("newcomer")}));
        QCOMPARE(QFileInfo(path("newcomer/demo.gpkg")).lastModified(), before);
    }

    void ofAReviewedGlacierTheHistoryNamesWhatCameWithOthersWork() {
        VERIFY_SUCCEEDED(cli({"demo", "--out", path("shared")}));
        const auto mine = path("shared/demo.gpkg");
        const auto theirs = path("shared/theirs.gpkg");
        QVERIFY(QFile::copy(mine, theirs));
        const auto first = cli({"review", mine, "--json"}).json()["queue"][0];
        const auto uuid = QString::fromStdString(first["uuid"].get<std::string>());
        VERIFY_SUCCEEDED(cli({"inventory", "take", theirs, uuid, "--from", "expert"}));
        VERIFY_SUCCEEDED(cli({"project", "merge", mine, theirs}));
        const auto told = cli({"project", "history", mine, "--glacier", uuid});
        VERIFY_SUCCEEDED(told);
        QVERIFY2(told.out.contains("take · from theirs.gpkg"), qPrintable(told.out));
        QVERIFY2(!told.out.contains("· from \n"), qPrintable(told.out));
    }

    void whatIsPredictedIsSortedByWhatNeedsAnEyeMostAndSaysWhy() {
        const auto json = queue();
        QCOMPARE(json["layer"].get<std::string>(), std::string("inventory"));
        QCOMPARE(json["expert"].get<std::string>(), std::string("expert"));
        const auto& entries = json["queue"];
        QVERIFY(entries.size() > 5);
        QCOMPARE(json["in_queue"].get<std::size_t>(), entries.size());
        QCOMPARE(json["progress"]["glaciers"].get<std::size_t>(), entries.size());
        QCOMPARE(json["progress"]["left"].get<std::size_t>(), entries.size());
        std::set<std::string> whys;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const auto& entry = entries[i];
            QCOMPARE(entry["place"].get<std::size_t>(), i + 1);
            QVERIFY(i == 0 || entry["score"].get<double>() <= entries[i - 1]["score"].get<double>());
            QVERIFY2(entry["band_width_m"].is_number() && entry["shadow_share"].is_number() &&
                         entry["difference_from_expert"].is_number(),
                     entry.dump().c_str());
            QVERIFY(entry["area_m2"].get<double>() > 0);
            whys.insert(entry["why"].get<std::string>());
        }
        QVERIFY2(std::any_of(whys.begin(), whys.end(),
                             [](const auto& why) { return why.find("% unsure") != std::string::npos; }),
                 "nothing is unsure");
        QVERIFY(entries[0]["score"].get<double>() > entries[entries.size() - 1]["score"].get<double>());
    }

    void aPersonReadsPlacesReasonsAndHowFarTheReviewIs() {
        const auto shown = cli({"review", m_project, "--limit", "3"});
        VERIFY_SUCCEEDED(shown);
        QVERIFY2(shown.out.contains("unsure") && shown.out.contains(" more.") &&
                     shown.out.contains("Reviewed: 0 of ") && shown.out.contains("Held against \"expert\""),
                 shown.explanation());
        QCOMPARE(shown.out.count('\n'), 5);
    }

    void aTableForOtherProgramsHasALinePerGlacier() {
        const auto csv = cli({"review", m_project, "--csv", "--quick"});
        VERIFY_SUCCEEDED(csv);
        const auto lines = csv.out.trimmed().split('\n');
        QVERIFY(lines.front().startsWith("place,score,uuid,name,why,area_m2,review,"));
        QCOMPARE(static_cast<std::size_t>(lines.size() - 1), queue({"--quick"})["queue"].size());
        QVERIFY(lines[1].startsWith("1,0."));
    }

    void whoAsksForSomeGetsThese() {
        const auto all = queue({"--quick"});
        const auto large = queue({"--quick", "--size", "1", "1000"});
        QVERIFY(large["queue"].size() < all["queue"].size());
        for (const auto& entry : large["queue"]) {
            QVERIFY(entry["area_m2"].get<double>() >= 1e6);
        }
        const auto bySize = queue(
            {"--quick", "--weights", "band=0,difference=0,faults=0,change=0,verdict=0", "--limit", "2"});
        QVERIFY(bySize["queue"][0]["area_m2"].get<double>() >= bySize["queue"][1]["area_m2"].get<double>());
        QVERIFY(queue({"--quick", "--doubtful"})["queue"].empty());
        QVERIFY(queue({"--quick", "--reviewer", "nobody"})["queue"].empty());
        const auto extent = all["queue"][0]["extent"];
        QStringList region{"--quick", "--region"};
        for (const auto& number : extent) {
            region << QString::number(number.get<double>(), 'f', 3);
        }
        const auto there = queue(region);
        QVERIFY(!there["queue"].empty() && there["queue"].size() < all["queue"].size());
        const auto wrong = cli({"review", m_project, "--weights", "bands=3"});
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY2(wrong.err.contains("\"bands=3\" is no weight"), wrong.explanation());
    }

    void whatWasReviewedIsLeftOutAndSaysWhose() {
        const auto project = path("reviewed.gpkg");
        VERIFY_SUCCEEDED(cli({"project", "create", project, "--scene", path("demo/scene.json")}));
        VERIFY_SUCCEEDED(cli({"import", project, "--outlines", path("demo/outlines.gpkg"), "--layer",
                              "inventory", "--kind", "inventory", "--reviewed"}));
        const auto left = cli({"review", project, "--json"}).json();
        QVERIFY(left["queue"].empty());
        QCOMPARE(left["progress"]["reviewed"], left["progress"]["glaciers"]);
        QVERIFY(left["progress"]["area_reviewed_m2"].get<double>() > 0);
        QVERIFY(cli({"review", project}).out.contains("Nothing of the layer"));
        const auto all = cli({"review", project, "--json", "--all"}).json();
        QCOMPARE(all["queue"].size(), all["progress"]["glaciers"].get<std::size_t>());
        const auto& first = all["queue"][0];
        QVERIFY(!first["reviewer"].get<std::string>().empty());
        QVERIFY(first["review_time"].get<std::string>().ends_with("Z"));
        QVERIFY(first["band_width_m"].is_null()); // no model said anything of it
    }

    void whereTheRastersAreGoneTheRestOfTheQueueIsThere() {
        const auto copy = path("copy.gpkg");
        QVERIFY(QFile::copy(m_project, copy));
        const auto shown = cli({"review", copy, "--json", "--quick"});
        VERIFY_SUCCEEDED(shown);
        QVERIFY2(shown.err.contains("Predict again to have it"), shown.explanation());
        QVERIFY(shown.json()["queue"][0]["band_width_m"].is_null());
        QVERIFY(shown.json()["queue"][0]["difference_from_expert"].is_number());
    }
};

QTEST_GUILESS_MAIN(ReviewCommandTest)
#include "review_command_test.moc"
