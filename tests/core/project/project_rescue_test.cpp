// SPDX-License-Identifier: GPL-3.0-or-later
// A project whose file is held, moved, replaced or copied over while it is open: who waits, who is told, and
// where it goes on.
#include "other_program.h"
#include "project/why_read_only.h"
#include "project_fixture.h"

#include <fstream>

#include <QElapsedTimer>

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;

class ProjectRescueTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;

private Q_SLOTS:
    void whatWaitingCannotMendIsToldAtOnceAndNothingWaitsForIt() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        const auto project = Project::open(file);
        sql(file, "DROP TABLE gpkgext_nunatak_history");
        QElapsedTimer clock;
        clock.start();
        project->importOutlines(expertLayer(), {square("b", 500, 0)});
        QVERIFY(has(messageOf([&] { project->flush(); }), "gpkgext_nunatak_history"));
        QVERIFY(has(messageOf([&] { project->close(); }), "The last change of"));
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    }

    void openingWaitsForAnotherProgramAndSaysSoAtOnce() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        sqlite3* other = nullptr;
        sqlite3_open(file.c_str(), &other);
        sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
        QElapsedTimer clock;
        clock.start();
        qint64 saidAfter = -1;
        const auto project = Project::open(file, Access::ReadWrite, [&](const std::string& problem) {
            saidAfter = has(problem, "Another program holds") ? clock.elapsed() : -1;
            sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
        });
        sqlite3_close(other);
        QVERIFY2(saidAfter >= 0 && saidAfter < 2000, qPrintable(QString::number(saidAfter)));
        QCOMPARE(project->outlines("expert").size(), std::size_t{1});
    }

    void waitingIsSaidAtOnceAndCountsOnce() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        const auto project = Project::open(file);
        sqlite3* other = nullptr;
        sqlite3_open(file.c_str(), &other);
        sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        QElapsedTimer clock;
        clock.start();
        qint64 saidAfter = -1;
        project->importOutlines(expertLayer(), {square("b", 500, 0)});
        const std::string message = messageOf([&] {
            project->flush(3, [&](const std::string& problem) {
                saidAfter =
                    saidAfter < 0 && has(problem, "Another program holds") ? clock.elapsed() : saidAfter;
            });
        });
        QVERIFY(has(message, "Another program holds"));
        QVERIFY2(saidAfter >= 0 && saidAfter < 1500, qPrintable(QString::number(saidAfter)));
        // The time that flush() waited is not waited once more.
        QVERIFY(has(messageOf([&] { project->close(3); }), "The last change of"));
        QVERIFY2(clock.elapsed() < 5500, qPrintable(QString::number(clock.elapsed())));
        sqlite3_close(other);
    }

    void aProjectWhoseFolderIsTakenAwayGoesOnInTheUsersOwn() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        const QTemporaryDir home;
        const QByteArray before = qgetenv("HOME");
        qputenv("HOME", home.path().toUtf8());
        const auto project = Project::open(file);
        std::filesystem::rename(file.parent_path(), file.parent_path().string() + "-moved");
        project->importOutlines(expertLayer(), {square("b", 500, 0)});
        const std::string message = messageOf([&] { project->close(); });
        qputenv("HOME", before);
        QVERIFY(has(message, "was moved or removed"));
        const std::filesystem::path recovered = home.filePath("alps-recovered.gpkg").toStdString();
        QCOMPARE(Project::open(recovered)->outlines("expert").size(), std::size_t{2});
    }

    void aProjectWhoseFileIsTakenAwayGoesOnInAnotherOne() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        const auto folder = file.parent_path();
        const auto project = Project::open(file);
        std::filesystem::remove(file);
        std::ofstream(file) << "another file";
        project->importOutlines(expertLayer(), {square("b", 500, 0)});
        QVERIFY(has(messageOf([&] { project->flush(); }), "was replaced by another file"));
        project->importOutlines(expertLayer(), {square("c", 900, 0)});
        QVERIFY(has(messageOf([&] { project->flush(); }), "alps-recovered.gpkg"));
        QVERIFY(has(project->savingProblem(), "alps-recovered.gpkg"));
        QVERIFY(has(messageOf([&] { project->close(); }), "alps-recovered.gpkg"));
        QCOMPARE(std::filesystem::file_size(file), std::uintmax_t{12});
        QCOMPARE(Project::open(folder / "alps-recovered.gpkg")->outlines("expert").size(), std::size_t{3});
    }

    void aProjectThatIsCopiedOverGoesOnInAnotherOneWithAllThatIsInMemory() {
        for (const bool hasSaved : {false, true}) {
            const auto file = projectOf(m_folder, {square("a", 0, 0)});
            {
                const auto project = Project::open(file);
                project->addScene(sceneNamed("s1", "Alps", "2020-08-20"));
                project->setSetting("camera", "1");
            }
            const auto folder = file.parent_path();
            const auto copy = folder / "copy.gpkg";
            std::filesystem::copy_file(file, copy);
            {
                const auto laptop = Project::open(copy);
                laptop->importOutlines(expertLayer(), {square("l", 300, 0)});
            }
            const auto project = Project::open(file);
            if (hasSaved) {
                project->importOutlines(expertLayer(), {square("b", 500, 0)});
                project->flush();
            }
            std::filesystem::copy_file(copy, file, std::filesystem::copy_options::overwrite_existing);
            project->importOutlines(expertLayer(), {square("c", 900, 0)});
            const std::string message = messageOf([&] { project->flush(); });
            QVERIFY(has(message, "was overwritten by another program"));
            QVERIFY(has(message, "alps-recovered.gpkg"));
            QVERIFY(!project->undoDescription());
            const auto before = contentsOf(*project);
            project->importOutlines(expertLayer(), {square("d", 1300, 0)});
            QCOMPARE(project->undoDescription().value_or(""), std::string("Import 1 outline into expert"));
            project->undo();
            QVERIFY(contentsOf(*project) == before);
            QVERIFY(has(messageOf([&] { project->close(); }), "alps-recovered.gpkg"));
            // What was copied is as it was copied.
            QCOMPARE(sql(file, "SELECT group_concat(uuid) FROM expert"), std::string("a,l"));
            QCOMPARE(sql(file, "PRAGMA integrity_check"), std::string("ok"));
            const auto recovered = Project::open(folder / "alps-recovered.gpkg");
            QVERIFY(contentsOf(*recovered) == before);
            QCOMPARE(recovered->outlines("expert").size(), std::size_t(hasSaved ? 3 : 2));
            QCOMPARE(recovered->scene("s1").name, std::string("Alps"));
            QCOMPARE(recovered->setting("camera").value_or(""), std::string("1"));
            QVERIFY(has(recovered->history().front().description, "Import"));
            // What is no longer there to take back is not offered.
            QVERIFY(!recovered->undoDescription());
            QVERIFY(recovered->redoDescription());
        }
    }

    void aProjectThatIsCopiedOverAfterTheLastEditIsNotLostWhenItIsClosed() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        const auto folder = file.parent_path();
        std::filesystem::copy_file(file, folder / "copy.gpkg");
        {
            const auto project = Project::open(file);
            project->importOutlines(expertLayer(), {square("b", 500, 0)});
            project->flush();
            std::filesystem::copy_file(folder / "copy.gpkg", file,
                                       std::filesystem::copy_options::overwrite_existing);
            QVERIFY(has(messageOf([&] { project->close(); }), "alps-recovered.gpkg"));
        }
        QCOMPARE(sql(file, "SELECT group_concat(uuid) FROM expert"), std::string("a"));
        QCOMPARE(Project::open(folder / "alps-recovered.gpkg")->outlines("expert").size(), std::size_t{2});
        QCOMPARE(Project::open(file)->outlines("expert").size(), std::size_t{1});
    }

    void whoCannotWriteAProjectIsToldWhy() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        QCOMPARE(project::whyReadOnly(file), std::string());
        sql(file, "CREATE TRIGGER watch AFTER UPDATE ON expert BEGIN UPDATE expert SET name = 'x'; END");
        QVERIFY(has(project::whyReadOnly(file), "DROP TRIGGER \"watch\""));
        sql(file, "DROP TRIGGER watch");
        const auto project = Project::open(file);
        QVERIFY(has(project::whyReadOnly(file), "already open for writing"));
    }
};

QTEST_GUILESS_MAIN(ProjectRescueTest)
#include "project_rescue_test.moc"
