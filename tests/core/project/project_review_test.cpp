// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_program.h"
#include "project_fixture.h"

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using project::Project;

namespace {

/// Turns a project whose layers are still empty into one of version 1, which knew no reviews.
void makeOld(const std::filesystem::path& file) {
    sql(file, "PRAGMA writable_schema = ON;"
              "UPDATE sqlite_master SET sql = replace(sql, ',\n  review TEXT,\n  analyst TEXT,\n  origin "
              "TEXT,\n  changed BOOLEAN', '') WHERE type = 'table';"
              "UPDATE gpkgext_nunatak_schema SET version = 1");
}

std::string columnsOf(const std::filesystem::path& file, const std::string& layer) {
    return sql(file, "SELECT group_concat(name) FROM pragma_table_info('" + layer + "')");
}

std::string versionOf(const std::filesystem::path& file) {
    return sql(file, "SELECT MAX(version) FROM gpkgext_nunatak_schema");
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
        const std::string columns =
            "SELECT COALESCE(review, '-') || ' ' || analyst || ' ' || origin || ' ' || "
            "changed FROM inventory WHERE uuid = ";
        QCOMPARE(sql(file, columns + "'a'"), std::string("accepted A. Heim imported 0"));
        QCOMPARE(sql(file, columns + "'b'"), std::string("- A. Heim imported 1"));
    }

    void whatAnotherProgramWritesThereIsReadOrSaidToBeUnclear() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(expertLayer(), {square("a", 0, 0), square("b", 500, 0)});
        }
        sql(file, "UPDATE expert SET review = 'Accepted' WHERE uuid = 'a'");
        sql(file, "UPDATE expert SET review = 'fine, I think' WHERE uuid = 'b'");
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
