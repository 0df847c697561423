// SPDX-License-Identifier: GPL-3.0-or-later
// Disks that fail at every place there is while files are made: new projects, parts of one, and those of
// before that are brought up. Each is whole, as it was, or not there.
#include "disk_faults.h"
#include "project/project_split.h"

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;
using Fault = FailingDisk::Fault;

class ProjectFileFaultsTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;
    int m_tried = 0;

private Q_SLOTS:
    void whereverTheDiskFailsAProjectIsMadeWholeOrNotAtAll_data() { addFaults(); }
    void whereverTheDiskFailsAProjectIsMadeWholeOrNotAtAll() {
        QFETCH(const Fault, fault);
        const auto scene = sceneOf("s2020", "2020-08-20");
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = m_folder.newFile();
            FailingDisk disk;
            disk.failFrom(n, fault);
            const std::string problem = messageOf([&] { Project::make(file, utm32(), &scene); });
            const bool isMade = problem.empty();
            failures += isMade ? 0 : 1;
            QVERIFY2(isMade || isClear(problem, file), problem.c_str());
            QCOMPARE(std::filesystem::exists(file), isMade);
            QCOMPARE(leftBeside(file), QStringList());
            const bool hasFailed = disk.hasFailed();
            disk.mend();
            if (!isMade) {
                Project::make(file, utm32(), &scene);
            }
            QCOMPARE(Project::open(file)->scenes().size(), std::size_t{1});
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY(failures > 5);
    }

    void whereverTheDiskFailsAProjectOfBeforeIsBroughtUpOrStaysAsItWas_data() { addFaults(); }
    void whereverTheDiskFailsAProjectOfBeforeIsBroughtUpOrStaysAsItWas() {
        QFETCH(const Fault, fault);
        const std::filesystem::path old =
            std::filesystem::path(NUNATAK_TEST_DATA) / "version_3" / "twice.gpkg";
        const auto whole = m_folder.newFile();
        std::filesystem::copy_file(old, whole);
        const ProjectState wanted = stateOf(*Project::open(whole));
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = m_folder.newFile();
            std::filesystem::copy_file(old, file);
            bool hasFailed = false;
            {
                FailingDisk disk;
                disk.failFrom(n, fault);
                std::string problem;
                const std::string refusal = messageOf([&] {
                    const auto project = Project::open(file);
                    waitForSaving(*project);
                    problem = project->savingProblem();
                    messageOf([&] { project->close(0); });
                });
                problem = refusal.empty() ? problem : refusal;
                hasFailed = disk.hasFailed();
                failures += problem.empty() ? 0 : 1;
                QVERIFY2(problem.empty() || isClear(problem, file.parent_path()), problem.c_str());
            }
            QCOMPARE(integrityOf(file), std::string("ok"));
            QVERIFY2(stateOf(*Project::open(file)) == wanted, qPrintable(QString::number(n)));
            QVERIFY(std::filesystem::exists(file.parent_path() / "alps.before-inventory.gpkg"));
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY(failures > 5);
    }

    void whereverTheDiskFailsTheFirstEditBringsAFileOfBeforeUpOrItStaysAsItWas_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<Fault>("fault");
        for (const int version : {1, 2, 4, 5}) {
            for (const Fault fault : kindsOfFaults) {
                QTest::addRow("version %d, %s", version, nameOf(fault)) << version << fault;
            }
        }
    }
    void whereverTheDiskFailsTheFirstEditBringsAFileOfBeforeUpOrItStaysAsItWas() {
        QFETCH(const int, version);
        QFETCH(const Fault, fault);
        const std::filesystem::path old = std::filesystem::path(NUNATAK_TEST_DATA) /
                                          ("version_" + std::to_string(version)) /
                                          (version < 4 ? "plain.gpkg" : "inventory.gpkg");
        const auto copyOfOld = [&] {
            auto file = m_folder.newFile();
            std::filesystem::copy_file(old, file);
            return file;
        };
        const auto versionOf = [](const std::filesystem::path& file) {
            return SQLite::Database(file.string())
                .execAndGet("SELECT MAX(version) FROM gpkgext_nunatak_schema")
                .getInt();
        };
        const auto theirs = copyOfOld();
        if (version == 5) {
            mark(*Project::open(theirs), "inventory", "b", outlines::Review::Accepted);
        }
        const auto edit = [&](Project& project) {
            if (version < 4) {
                project.commit(
                    {"Draw", {{"corrected", nullptr, handle(square("new", 9000, 0))}}, {}, "test"});
            } else if (version == 4) {
                mark(project, "inventory", "b", outlines::Review::Accepted);
            } else {
                project.take(
                    project::planJoin(project, {{Project::open(theirs, Access::ReadOnly)}})({}).step);
            }
        };
        const auto kept = contentsOf(*Project::open(old, Access::ReadOnly));
        const auto whole = copyOfOld();
        ProjectState before;
        {
            const auto project = Project::open(whole);
            before = stateOf(*project);
            edit(*project);
            project->flush();
        }
        QVERIFY(versionOf(whole) > version);
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = copyOfOld();
            bool hasFailed = false, isSaved = false;
            ProjectState after = before; // with the times of this edit
            {
                FailingDisk disk;
                disk.failFrom(n, fault);
                std::string problem;
                const std::string refusal = messageOf([&] {
                    const auto project = Project::open(file);
                    edit(*project);
                    waitForSaving(*project);
                    after = stateOf(*project);
                    isSaved = project->isSaved();
                    problem = isSaved ? "" : project->savingProblem();
                    messageOf([&] { project->close(0); });
                });
                problem = refusal.empty() ? problem : refusal;
                hasFailed = disk.hasFailed();
                failures += problem.empty() ? 0 : 1;
                QVERIFY2(problem.empty() || isClear(problem, file.parent_path()), problem.c_str());
            }
            QCOMPARE(integrityOf(file), std::string("ok"));
            if (versionOf(file) > version) {
                auto backup = file.parent_path() / ("alps.version-" + std::to_string(version) + ".gpkg");
                if (!std::filesystem::exists(backup)) {
                    backup = file.parent_path() / "alps.before-inventory.gpkg";
                }
                QCOMPARE(versionOf(backup), version);
                QVERIFY(contentsOf(*Project::open(backup, Access::ReadOnly)) == kept);
            }
            const ProjectState found = stateOf(*Project::open(file));
            QVERIFY2(found == after || (!isSaved && found == before), qPrintable(QString::number(n)));
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
    }

    void whereverTheDiskFailsAllPartsOfASplitAreMadeOrNone_data() { addFaults(); }
    void whereverTheDiskFailsAllPartsOfASplitAreMadeOrNone() {
        QFETCH(const Fault, fault);
        const auto base = m_folder.newFile();
        makeProjectToEdit(base);
        const auto whole = Project::open(base, Access::ReadOnly);
        const auto parts = project::partsByCount(whole->outlines("inventory"), 2);
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto folder = m_folder.newFile().parent_path();
            FailingDisk disk;
            const auto project = Project::open(base, Access::ReadOnly);
            const auto plan = project::planSplit(*project, "inventory", parts, folder);
            disk.failFrom(n, fault);
            project::Split split;
            const std::string problem = messageOf([&] { split = plan({}); });
            const bool hasFailed = disk.hasFailed();
            disk.mend();
            if (!problem.empty()) {
                ++failures;
                QVERIFY2(isClear(problem, folder), problem.c_str());
                QVERIFY(std::filesystem::is_empty(folder));
            } else {
                QCOMPARE(split.parts.size(), std::size_t{2});
                std::size_t glaciers = 0;
                for (const auto& part : split.parts) {
                    QCOMPARE(integrityOf(part.file), std::string("ok"));
                    glaciers += Project::open(part.file)->outlines("inventory").size();
                }
                QCOMPARE(glaciers, whole->outlines("inventory").size());
            }
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
    }

    void cleanupTestCase() { qInfo("%d times a disk that failed", m_tried); }
};

QTEST_GUILESS_MAIN(ProjectFileFaultsTest)
#include "project_file_faults_test.moc"
