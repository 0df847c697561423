// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_fixture.h"

#include <sqlite3.h>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using project::Project;

namespace {

/// Runs SQL on a file as another program would.
class OtherProgram {
public:
    explicit OtherProgram(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &m_connection) != SQLITE_OK) {
            qFatal("%s", sqlite3_errmsg(m_connection));
        }
        // The triggers of a spatial index ask for these; here no geometry changes.
        for (const char* name : {"ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"}) {
            sqlite3_create_function_v2(
                m_connection, name, 1, SQLITE_UTF8, nullptr,
                [](sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_int(context, 0); },
                nullptr, nullptr, nullptr);
        }
    }
    ~OtherProgram() { sqlite3_close(m_connection); }
    OtherProgram(const OtherProgram&) = delete;
    OtherProgram& operator=(const OtherProgram&) = delete;

    void run(const std::string& sql) {
        char* message = nullptr;
        if (sqlite3_exec(m_connection, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
            qFatal("%s: %s", sql.c_str(), message);
        }
    }
    std::string ask(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        std::string answer = "nothing";
        if (sqlite3_prepare_v2(m_connection, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
            answer = text == nullptr ? "NULL" : text;
        }
        sqlite3_finalize(statement);
        return answer;
    }

private:
    sqlite3* m_connection = nullptr;
};

/// Turns a project whose layers are still empty into one of version 1, which knew no reviews.
void makeOld(const std::filesystem::path& file) {
    OtherProgram other(file);
    other.run("PRAGMA writable_schema = ON");
    other.run("UPDATE sqlite_master SET sql = replace(sql, ',\n  review TEXT,\n  analyst TEXT,\n  origin "
              "TEXT,\n  changed BOOLEAN', '') WHERE type = 'table'");
    other.run("UPDATE gpkgext_nunatak_schema SET version = 1");
}

std::string columnsOf(const std::filesystem::path& file, const std::string& layer) {
    return OtherProgram(file).ask("SELECT group_concat(name) FROM pragma_table_info('" + layer + "')");
}

std::string versionOf(const std::filesystem::path& file) {
    return OtherProgram(file).ask("SELECT MAX(version) FROM gpkgext_nunatak_schema");
}

} // namespace

class ProjectReviewTest : public QObject {
    Q_OBJECT

private:
    ProjectFolder m_folder;

private Q_SLOTS:
    void aReviewIsAStepThatUndoTakesBackAfterReopening() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
            mark(*project, "inventory", "a", Review::Doubtful, "Doubt A");
            mark(*project, "inventory", "a", Review::Accepted, "Accept A");
        }
        const auto project = Project::open(file);
        QVERIFY(project->outlines("inventory").find("a")->review == Review::Accepted);
        QCOMPARE(*project->undoDescription(), std::string("Accept A"));
        project->undo();
        QVERIFY(project->outlines("inventory").find("a")->review == Review::Doubtful);
        project->undo();
        QVERIFY(project->outlines("inventory").find("a")->review == Review::NotReviewed);
        project->redo();
        project->redo();
        QVERIFY(project->outlines("inventory").find("a")->review == Review::Accepted);
    }

    void movingAVertexKeepsWhatWasFound() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        mark(*project, "inventory", "a", Review::Doubtful, "Doubt A");
        move(*project, "inventory", "a", squareShape(5, 5));
        QVERIFY(project->outlines("inventory").find("a")->review == Review::Doubtful);
    }

    void sayingWhatIsSaidAlreadyIsNoStep() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        mark(*project, "inventory", "a", Review::Accepted, "Accept A");
        QVERIFY(mark(*project, "inventory", "a", Review::Accepted, "Accept A again").outcome ==
                project::Committed::Outcome::NothingChanged);
        QCOMPARE(project->history().size(), std::size_t{2});
    }

    void referencesAreNeitherReviewedNorDrawnUponThemselves() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(expertLayer(), {square("a", 0, 0)});
        QVERIFY(has(messageOf([&] { mark(*project, "expert", "a", Review::Accepted); }),
                    "Start an inventory from it"));
        QVERIFY(has(messageOf([&] { move(*project, "expert", "a", squareShape(1, 1)); }), "is a reference"));
        const auto a = project->outlines("expert").find("a");
        QVERIFY(has(messageOf([&] {
                        project->commit({"Delete", {{"expert", a, nullptr}}, {}, {}});
                    }),
                    "is a reference"));
        project->importOutlines(inventoryLayer("swiss"), {square("b", 500, 0)});
        QVERIFY(has(messageOf([&] { mark(*project, "expert", "a", Review::Accepted); }), "swiss"));
        edit(
            *project, "expert", "a", [](outlines::Outline& outline) { outline.name = "Khumbu"; }, "Rename");
        QCOMPARE(project->outlines("expert").find("a")->name, std::string("Khumbu"));
    }

    void theProgressOfALayerIsCountedByWhatChanges() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(),
                                {square("a", 0, 0), square("b", 500, 0), square("c", 1000, 0)});
        mark(*project, "inventory", "a", Review::Accepted);
        mark(*project, "inventory", "b", Review::Doubtful);
        mark(*project, "inventory", "c", Review::Removed);
        QVERIFY(project->reviewCount("inventory") == (review::ReviewCount{1, 1, 1, 3}));
        mark(*project, "inventory", "a", Review::NotReviewed);
        project->commit(
            {"Delete", {{"inventory", project->outlines("inventory").find("b"), nullptr}}, {}, {}});
        QVERIFY(project->reviewCount("inventory") == (review::ReviewCount{0, 0, 1, 2}));
        project->undo();
        project->undo();
        QVERIFY(project->reviewCount("inventory") == (review::ReviewCount{1, 1, 1, 3}));
    }

    void otherProgramsSeeWhatWasFoundAndByWhom() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->setAnalyst("A. Heim");
            project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
            mark(*project, "inventory", "a", Review::Accepted);
            move(*project, "inventory", "b", squareShape(505, 5));
        }
        OtherProgram other(file);
        const std::string columns =
            "SELECT COALESCE(review, '-') || ' ' || analyst || ' ' || origin || ' ' || "
            "changed FROM inventory WHERE uuid = ";
        QCOMPARE(other.ask(columns + "'a'"), std::string("accepted A. Heim imported 0"));
        QCOMPARE(other.ask(columns + "'b'"), std::string("- A. Heim imported 1"));
    }

    void whatAnotherProgramWritesThereIsReadOrSaidToBeUnclear() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(expertLayer(), {square("a", 0, 0), square("b", 500, 0)});
        }
        OtherProgram other(file);
        other.run("UPDATE expert SET review = 'Accepted' WHERE uuid = 'a'");
        other.run("UPDATE expert SET review = 'fine, I think' WHERE uuid = 'b'");
        const auto project = Project::open(file);
        QVERIFY(project->outlines("expert").find("a")->review == Review::Accepted);
        QVERIFY(project->outlines("expert").find("b")->review == Review::NotReviewed);
        QCOMPARE(project->notes().size(), std::size_t{1});
        QVERIFY(has(project->notes().front(), "1 outline whose review is neither"));
    }

    void aProjectOfBeforeThereWereReviewsGetsThemWithItsFirstStep() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->addLayer(expertLayer());
            project->addLayer(expertLayer("other"));
        }
        makeOld(file);
        QVERIFY(columnsOf(file, "expert").find("review") == std::string::npos);
        {
            const auto project = Project::open(file, project::Access::ReadOnly);
            QVERIFY(project->notes().empty());
        }
        QCOMPARE(versionOf(file), std::string("1"));
        {
            const auto project = Project::open(file);
            project->importOutlines(expertLayer(), {square("a", 0, 0)});
        }
        QCOMPARE(versionOf(file), std::string("4"));
        QVERIFY(has(columnsOf(file, "expert"), "review,analyst,origin,changed"));
        QVERIFY(has(columnsOf(file, "other"), "review"));
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty()); // nobody took the columns away from the other layer
        project->undo();
        QCOMPARE(project->outlines("expert").size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(ProjectReviewTest)
#include "project_review_test.moc"
