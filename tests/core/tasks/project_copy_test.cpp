// SPDX-License-Identifier: GPL-3.0-or-later
// Copies and parts of a project, and what they take along of what lies beside it.
#include "base/staging_folder.h"
#include "core/project/project_fixture.h"
#include "prediction/predict_scene.h"
#include "tasks/project_copy.h"
#include "tasks/split_task.h"

#include <csignal>
#include <fstream>
#include <functional>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// The process is killed when it is about to give the so-many-th name to what it made; 0: it never is.
static int namesUntilKill = 0;

extern "C" int renameat2(int from, const char* old, int to, const char* name, unsigned int flags) {
    if (namesUntilKill > 0 && --namesUntilKill == 0) {
        ::kill(::getpid(), SIGKILL);
    }
    return static_cast<int>(::syscall(SYS_renameat2, from, old, to, name, flags));
}

using namespace nunatak;
using namespace nunatak::tests;
using project::Project;
using tasks::TakeRasters;

namespace {

const std::string fingerprint = "0123456789abcdef";

/// As a model predicted it on a scene.
outlines::Outline predicted(const std::string& uuid, double x, const std::string& scene) {
    auto outline = square(uuid, x, 0);
    outline.sceneId = scene;
    outline.model = "starter v1";
    outline.modelFingerprint = fingerprint;
    outline.attributes = {{"o2region", scene == "aaaaaaaa" ? "11-01" : "11-02"}};
    return outline;
}

std::filesystem::path filesOf(const std::filesystem::path& project) {
    return std::filesystem::path(project).replace_extension(".files");
}

void write(const std::filesystem::path& file, std::size_t bytes) {
    std::ofstream(file) << std::string(bytes, 'x');
}

std::string rasterOf(const std::string& kind, const std::string& scene) {
    return kind + "_" + scene + "_starter-v1-" + fingerprint.substr(0, 8) + ".tif";
}

/// Two glaciers, each predicted on a scene of its own, and the rasters of both beside it.
std::filesystem::path makePredicted(ProjectFolder& folder) {
    const auto file = folder.newFile();
    const auto project = Project::create(file, utm32());
    project->importOutlines(inventoryLayer(),
                            {predicted("a", 0, "aaaaaaaa"), predicted("b", 50000, "bbbbbbbb")});
    project->setSetting("bookmarks", "[]");
    project->close();
    std::filesystem::create_directories(filesOf(file) / "overviews");
    for (const char* scene : {"aaaaaaaa", "bbbbbbbb"}) {
        for (const char* kind : {"probability", "confidence", "quality"}) {
            write(filesOf(file) / rasterOf(kind, scene), 1000);
        }
    }
    write(filesOf(file) / "overviews" / "large.ovr", 1000);
    return file;
}

std::string all(const std::vector<std::string>& sentences) {
    std::string text;
    for (const auto& sentence : sentences) {
        text += sentence + "\n";
    }
    return text;
}

std::size_t filesIn(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) {
        ++count;
    }
    return count;
}

bool knowsConfidence(const std::filesystem::path& file, const std::string& uuid) {
    const auto project = Project::open(file, project::Access::ReadOnly);
    const auto outline = project->outlines("inventory").find(uuid);
    return outline && prediction::confidenceFileOf(project->filesPlace(), *outline, {}).has_value();
}

} // namespace

class ProjectCopyTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;

    /// Whether it was killed at that name, or ended before.
    static bool isKilledAt(int name, const std::function<void()>& work) {
        const pid_t child = ::fork();
        if (child == 0) {
            namesUntilKill = name;
            work();
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFSIGNALED(status);
    }

private Q_SLOTS:
    void aCopyKnowsTheConfidenceThatTheProjectKnows() {
        const auto file = makePredicted(m_folder);
        const auto copy = file.parent_path() / "copy.gpkg";
        const auto said = all(tasks::copyProject(file, copy, TakeRasters::WhereLittle, {}));
        QVERIFY2(has(said, "1 layer with 2 outlines") &&
                     has(said, "(6 files, 6 kiB) lie beside it in copy.files"),
                 said.c_str());
        QVERIFY(knowsConfidence(copy, "a") && knowsConfidence(copy, "b"));
        QCOMPARE(filesIn(filesOf(copy)), std::size_t{6}); // overviews are made again
        QCOMPARE(*Project::open(copy)->setting("bookmarks"), std::string("[]"));
    }

    void aCopyWithoutRastersSaysWhatItDoesNotKnow() {
        const auto file = makePredicted(m_folder);
        const auto copy = file.parent_path() / "copy.gpkg";
        const auto said = all(tasks::copyProject(file, copy, TakeRasters::No, {}));
        QVERIFY2(has(said, "were not taken along") && has(said, "how sure a model was"), said.c_str());
        QVERIFY(!std::filesystem::exists(filesOf(copy)));
    }

    void whatLiesInTheWayOfACopyIsSaidAndStays() {
        const auto file = makePredicted(m_folder);
        const auto copy = file.parent_path() / "copy.gpkg";
        std::filesystem::create_directory(filesOf(copy));
        const auto said = messageOf([&] { tasks::copyProject(file, copy, TakeRasters::Yes, {}); });
        QVERIFY2(has(said, filesOf(copy).string()) && has(said, "exists already"), said.c_str());
        QVERIFY(!std::filesystem::exists(copy) && filesIn(filesOf(copy)) == 0);
        write(copy, 10);
        QVERIFY(
            has(messageOf([&] { tasks::copyProject(file, copy, TakeRasters::No, {}); }), "exists already"));
        QCOMPARE(std::filesystem::file_size(copy), std::uintmax_t{10});
    }

    void aPartHasTheRastersThatItsGroundWasPredictedWith() {
        const auto file = makePredicted(m_folder);
        const auto project = Project::open(file, project::Access::ReadOnly);
        const auto wanted = tasks::shareOut(project->outlines("inventory"), project->crs(),
                                            {.by = tasks::SharedOutBy::Attribute, .field = "o2region"});
        QCOMPARE(wanted.size(), std::size_t{2});
        const auto folder = file.parent_path() / "parts";
        std::filesystem::create_directory(folder);
        const auto done =
            tasks::planShare(*project, "inventory", wanted, folder, TakeRasters::WhereLittle)({});
        QVERIFY(has(all(done.sentences), "has the rasters of predictions that it needs"));
        QCOMPARE(done.parts.size(), std::size_t{2});
        QVERIFY(knowsConfidence(done.parts[0].file, "a") && knowsConfidence(done.parts[1].file, "b"));
        QCOMPARE(filesIn(filesOf(done.parts[0].file)), std::size_t{3});
        QCOMPARE(*Project::open(done.parts[0].file)->setting("bookmarks"), std::string("[]"));
    }

    void aSplitThatIsKilledLeavesAllOrNothingRastersIncluded() {
        const auto file = makePredicted(m_folder);
        const std::vector<project::PartWanted> wanted{{"a", {"a"}}, {"b", {"b"}}};
        bool isKilled = true;
        int names = 0;
        for (; isKilled; ++names) {
            const auto folder = file.parent_path() / ("parts" + std::to_string(names));
            std::filesystem::create_directory(folder);
            isKilled = isKilledAt(names + 1, [&] {
                const auto project = Project::open(file, project::Access::ReadOnly);
                tasks::planShare(*project, "inventory", wanted, folder, TakeRasters::Yes)({});
            });
            const auto part = [&](const char* name) { return project::partFile(file, name, folder); };
            for (const char* name : {"a", "b"}) { // what is there knows its rasters from the first moment
                QVERIFY(!std::filesystem::exists(part(name)) || knowsConfidence(part(name), name));
            }
            StagingFolder::removeLeftovers(folder); // as whoever makes something there next does
            const bool isAll = filesIn(folder) == 4;
            QVERIFY2(isAll || filesIn(folder) == 0, qPrintable(QString::number(names)));
            QVERIFY(isAll || isKilled);
            QVERIFY(!isAll || (knowsConfidence(part("a"), "a") && knowsConfidence(part("b"), "b")));
        }
        QCOMPARE(names, 5); // two folders, two projects, and none more
    }

    void aCopyThatIsKilledHasItsRastersOrIsNotThere() {
        const auto file = makePredicted(m_folder);
        bool isKilled = true;
        int names = 0;
        for (; isKilled; ++names) {
            const auto folder = file.parent_path() / ("copies" + std::to_string(names));
            std::filesystem::create_directory(folder);
            const auto copy = folder / "copy.gpkg";
            isKilled = isKilledAt(names + 1, [&] { tasks::copyProject(file, copy, TakeRasters::Yes, {}); });
            QVERIFY(!std::filesystem::exists(copy) || knowsConfidence(copy, "a"));
            StagingFolder::removeLeftovers(folder);
            QVERIFY(filesIn(folder) == 2 ? knowsConfidence(copy, "b") : filesIn(folder) == 0 && isKilled);
        }
        QCOMPARE(names, 3);
    }

    void aTableThatNamesNoGlacierSaysInWhichRow() {
        const auto file = makePredicted(m_folder);
        const auto project = Project::open(file, project::Access::ReadOnly);
        const auto table = file.parent_path() / "who.csv";
        std::ofstream(table) << "glacier,part\na,Ada\nnobody,Theo\n";
        const auto said = messageOf([&] {
            tasks::shareOut(project->outlines("inventory"), project->crs(),
                            {.by = tasks::SharedOutBy::List, .file = table});
        });
        QVERIFY2(has(said, "Row 3 of") && has(said, "nobody"), said.c_str());
    }

    void regionsAreNamedByAnyColumnAndCapitalLettersDoNotMatter() {
        const auto file = makePredicted(m_folder);
        const auto project = Project::open(file, project::Access::ReadOnly);
        const auto regions = file.parent_path() / "regions.geojson";
        const auto region = [](const char* name, const char* canton, int number, int x) {
            return QStringLiteral(R"({"type":"Feature","properties":{"NAME":"%1","Kanton":"%2","No":%3},
                "geometry":{"type":"Polygon","coordinates":[[[%4,-9000],[%5,-9000],[%5,9000],[%4,9000],[%4,-9000]]]}})")
                .arg(name, canton, QString::number(number), QString::number(x), QString::number(x + 20000))
                .toStdString();
        };
        std::ofstream(regions) << R"({"type":"FeatureCollection","crs":{"type":"name","properties":
            {"name":"urn:ogc:def:crs:EPSG::32632"}},"features":[)"
                               << region("West", "VS ", 1, -10000) << "," << region("East", "BE", 2, 40000)
                               << "]}";
        const auto namesBy = [&](const std::string& field) {
            std::string names;
            for (const auto& part :
                 tasks::shareOut(project->outlines("inventory"), project->crs(),
                                 {.by = tasks::SharedOutBy::Regions, .file = regions, .field = field})) {
                names += part.name + ",";
            }
            return names;
        };
        QCOMPARE(namesBy(""), std::string("West,East,"));
        QCOMPARE(namesBy("NAME"), std::string("West,East,"));
        QCOMPARE(namesBy("name"), std::string("West,East,"));
        QCOMPARE(namesBy("kanton"), std::string("VS,BE,"));
        QCOMPARE(namesBy("No"), std::string("1,2,"));
        const auto said = messageOf([&] { namesBy("canton"); });
        QVERIFY2(has(said, "canton") && has(said, "Kanton"), said.c_str());
    }

    void blanksInATableMakeNoPartAndFilesDifferInMoreThanCapitalLetters() {
        const auto file = makePredicted(m_folder);
        const auto project = Project::open(file, project::Access::ReadOnly);
        const auto table = file.parent_path() / "who.csv";
        const auto parts = [&](const std::string& rows) {
            std::ofstream(table) << rows;
            return tasks::shareOut(project->outlines("inventory"), project->crs(),
                                   {.by = tasks::SharedOutBy::List, .file = table});
        };
        const auto alike = parts("glacier, part\na,Ada \n b, Ada\n");
        QCOMPARE(alike.size(), std::size_t{1});
        QCOMPARE(alike[0].name, std::string("Ada"));
        const auto folder = file.parent_path() / "case";
        std::filesystem::create_directory(folder);
        const auto said = messageOf([&] {
            tasks::planShare(*project, "inventory", parts("a,Ada\nb,ADA\n"), folder, TakeRasters::No)({});
        });
        QVERIFY2(has(said, "Ada and ADA"), said.c_str());
        QVERIFY(std::filesystem::is_empty(folder));
    }
};

QTEST_GUILESS_MAIN(ProjectCopyTest)
#include "project_copy_test.moc"
