// SPDX-License-Identifier: GPL-3.0-or-later
#include "project_fixture.h"

#include <sqlite3.h>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using outlines::Review;
using project::Project;

namespace {

const outlines::LayerInfo predictedLayer{"predicted", LayerKind::Predicted, "", "2000-08-01"};

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
    other.run("UPDATE sqlite_master SET sql = replace(sql, ',\n  review TEXT', '') WHERE type = 'table'");
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
    void acceptingAPredictionMakesItTheExpertsInOneStep() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(predictedLayer, {square("a", 0, 0), square("b", 500, 0)});
        QCOMPARE(project->reviewOutline("predicted", "a", Review::Accepted, "Accept A"),
                 std::string("corrected"));
        QCOMPARE(project->history().size(), std::size_t{2});
        QVERIFY(project->outlines("predicted").find("a")->review == Review::NotReviewed);
        const auto copy = project->outlines("corrected").find("a");
        QVERIFY(copy != nullptr);
        QVERIFY(copy->review == Review::Accepted);
        QCOMPARE(copy->geometry, squareShape(0, 0));
        project->undo();
        QCOMPARE(project->outlines("corrected").size(), std::size_t{0});
        project->redo();
        QVERIFY(project->outlines("corrected").find("a")->review == Review::Accepted);
    }

    void aReviewIsUndoneAfterReopening() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(predictedLayer, {square("a", 0, 0)});
            project->editGeometry("predicted", "a", squareShape(5, 5), "Move vertex");
            project->reviewOutline("corrected", "a", Review::Doubtful, "Doubt A");
            project->reviewOutline("predicted", "a", Review::Accepted, "Accept A");
        }
        const auto project = Project::open(file);
        QVERIFY(project->outlines("corrected").find("a")->review == Review::Accepted);
        QCOMPARE(*project->undoDescription(), std::string("Accept A"));
        project->undo();
        QVERIFY(project->outlines("corrected").find("a")->review == Review::Doubtful);
        project->undo();
        QVERIFY(project->outlines("corrected").find("a")->review == Review::NotReviewed);
        QCOMPARE(project->outlines("corrected").find("a")->geometry, squareShape(5, 5));
        project->redo();
        project->redo();
        QVERIFY(project->outlines("corrected").find("a")->review == Review::Accepted);
    }

    void movingAVertexKeepsWhatWasFound() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(predictedLayer, {square("a", 0, 0)});
        project->reviewOutline("predicted", "a", Review::Doubtful, "Doubt A");
        project->editGeometry("corrected", "a", squareShape(5, 5), "Move vertex");
        QVERIFY(project->outlines("corrected").find("a")->review == Review::Doubtful);
    }

    void sayingWhatIsSaidAlreadyIsNoStep() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(predictedLayer, {square("a", 0, 0)});
        QCOMPARE(project->reviewOutline("predicted", "a", Review::NotReviewed, "Nothing"),
                 std::string("predicted"));
        QVERIFY(!project->hasLayer("corrected"));
        project->reviewOutline("predicted", "a", Review::Accepted, "Accept A");
        project->reviewOutline("corrected", "a", Review::Accepted, "Accept A again");
        QCOMPARE(project->history().size(), std::size_t{2});
    }

    void predictedAndExpertOutlinesAreNeverReviewedThemselves() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(expertLayer(), {square("a", 0, 0)});
        const auto before = project->outlines("expert").find("a");
        outlines::Outline after = *before;
        after.review = Review::Accepted;
        QVERIFY(has(messageOf([&] {
                        project->apply("Accept", {{"expert", before, handle(after)}});
                    }),
                    "never edited"));
    }

    void theProgressOfALayerCountsItsCorrectedCopies() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(predictedLayer,
                                {square("a", 0, 0), square("b", 500, 0), square("c", 1000, 0)});
        project->reviewOutline("predicted", "a", Review::Accepted, "Accept A");
        project->reviewOutline("predicted", "b", Review::Doubtful, "Doubt B");
        project->editGeometry("predicted", "c", squareShape(1005, 5), "Move vertex");
        QVERIFY(project->reviewCount("predicted") == (project::ReviewCount{1, 1, 3}));
        QVERIFY(project->reviewCount("corrected") == (project::ReviewCount{1, 1, 3}));
        QVERIFY(project->reviewOf("predicted", "b") == Review::Doubtful);
        QVERIFY(project->reviewOf("predicted", "c") == Review::NotReviewed);
    }

    void otherProgramsSeeAColumn() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(predictedLayer, {square("a", 0, 0), square("b", 500, 0)});
            project->reviewOutline("predicted", "a", Review::Accepted, "Accept A");
            project->editGeometry("predicted", "b", squareShape(505, 5), "Move vertex");
        }
        OtherProgram other(file);
        QCOMPARE(other.ask("SELECT review FROM corrected WHERE uuid = 'a'"), std::string("accepted"));
        QCOMPARE(other.ask("SELECT review FROM corrected WHERE uuid = 'b'"), std::string("NULL"));
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
        QVERIFY(project->reviewOf("expert", "a") == Review::Accepted);
        QVERIFY(project->reviewOf("expert", "b") == Review::NotReviewed);
        QCOMPARE(project->notes().size(), std::size_t{1});
        QVERIFY(has(project->notes().front(), "1 outlines whose review is neither"));
    }

    void anOldProjectIsAsItWasUntilTheFirstReview() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->addLayer(expertLayer());
            project->addLayer({"corrected", LayerKind::Corrected, "", "2000-08-01"});
        }
        makeOld(file);
        QVERIFY(columnsOf(file, "corrected").find("review") == std::string::npos);
        {
            const auto project = Project::open(file);
            project->importOutlines(expertLayer(), {square("a", 0, 0)});
            project->editGeometry("expert", "a", squareShape(5, 5), "Move vertex");
        }
        QCOMPARE(versionOf(file), std::string("1"));
        {
            const auto project = Project::open(file, project::Access::ReadOnly);
            QVERIFY(project->reviewOf("expert", "a") == Review::NotReviewed);
        }
        {
            const auto project = Project::open(file);
            project->reviewOutline("expert", "a", Review::Accepted, "Accept A");
        }
        QCOMPARE(versionOf(file), std::string("2"));
        QVERIFY(has(columnsOf(file, "corrected"), "review"));
        QVERIFY(has(columnsOf(file, "expert"), "review"));
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty()); // nobody took the column away from the other layer
        QVERIFY(project->outlines("corrected").find("a")->review == Review::Accepted);
        // The steps of before there were reviews can still be taken back.
        project->undo();
        QVERIFY(project->outlines("corrected").find("a")->review == Review::NotReviewed);
        project->undo();
        QCOMPARE(project->outlines("corrected").size(), std::size_t{0});
        project->undo();
        QCOMPARE(project->outlines("expert").size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(ProjectReviewTest)
#include "project_review_test.moc"
