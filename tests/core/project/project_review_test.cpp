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
              "TEXT,\n  changed BOOLEAN,\n  reviewer TEXT,\n  review_time TEXT,\n  review_note TEXT,\n  "
              "review_outdated BOOLEAN', '') WHERE type = 'table';"
              "UPDATE gpkgext_nunatak_schema SET version = 1");
}

/// The same into one of version 4, whose reviews did not say whose they are.
void makeOfVersion4(const std::filesystem::path& file) {
    sql(file, "PRAGMA writable_schema = ON;"
              "UPDATE sqlite_master SET sql = replace(sql, ',\n  reviewer TEXT,\n  review_time TEXT,\n  "
              "review_note TEXT,\n  review_outdated BOOLEAN', '') WHERE type = 'table';"
              "UPDATE gpkgext_nunatak_schema SET version = 4");
}

project::Committed note(Project& project, const std::string& uuid, const std::string& words) {
    return edit(
        project, "inventory", uuid, [&](outlines::Outline& outline) { outline.reviewRecord.note = words; },
        "Note");
}

const outlines::ReviewRecord& recordOf(const Project& project, const std::string& uuid) {
    return project.outlines("inventory").find(uuid)->reviewRecord;
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

    void aVerdictSaysWhoseItIsAndOfWhenAlsoAfterReopening() {
        const auto file = m_folder.newFile();
        std::string given;
        {
            const auto project = Project::create(file, utm32());
            project->setAnalyst("A. Heim");
            project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
            mark(*project, "inventory", "a", Review::Doubtful);
            note(*project, "a", "The tongue lies under debris.");
            given = recordOf(*project, "a").time;
            QCOMPARE(given, project->history().back().time);
            QVERIFY(recordOf(*project, "b") == outlines::ReviewRecord());
        }
        QCOMPARE(sql(file, "SELECT reviewer || '|' || review_time || '|' || review_note || '|' || "
                           "review_outdated FROM inventory WHERE uuid = 'a'"),
                 "A. Heim|" + given + "|The tongue lies under debris.|0");
        const auto project = Project::open(file);
        QCOMPARE(recordOf(*project, "a").reviewer, std::string("A. Heim"));
        QCOMPARE(recordOf(*project, "a").note, std::string("The tongue lies under debris."));
        project->undo();
        QVERIFY(recordOf(*project, "a").note.empty());
        QCOMPARE(recordOf(*project, "a").reviewer, std::string("A. Heim"));
        mark(*project, "inventory", "a", Review::NotReviewed);
        QVERIFY(recordOf(*project, "a") == outlines::ReviewRecord());
    }

    void aSecondReviewerTakesTheVerdictOverAndTheFirstStaysInTheHistory() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->setAnalyst("A. Heim");
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        mark(*project, "inventory", "a", Review::Accepted);
        const auto confirm = [&] { // as A does: whose and when is the project's to say
            return edit(
                *project, "inventory", "a", [](outlines::Outline& outline) { outline.reviewRecord = {}; },
                "Accept");
        };
        QVERIFY(confirm().outcome == project::Committed::Outcome::NothingChanged);
        project->setAnalyst("B. Studer");
        QVERIFY(confirm().outcome == project::Committed::Outcome::Done);
        QCOMPARE(recordOf(*project, "a").reviewer, std::string("B. Studer"));
        project->undo();
        QCOMPARE(recordOf(*project, "a").reviewer, std::string("A. Heim"));
    }

    void aReviewedGlacierThatChangesAfterwardsSaysSoUntilSomebodyLooksAgain() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
            mark(*project, "inventory", "a", Review::Accepted);
            QVERIFY(!recordOf(*project, "a").isOutdated);
            move(*project, "inventory", "a", squareShape(5, 5));
            move(*project, "inventory", "b", squareShape(505, 5));
            QVERIFY(recordOf(*project, "a").isOutdated);
            QVERIFY(!recordOf(*project, "b").isOutdated); // nobody said anything of it
            QCOMPARE(project->reviewCount("inventory").outdated, 1);
        }
        QCOMPARE(sql(file, "SELECT review || ' ' || review_outdated FROM inventory WHERE uuid = 'a'"),
                 std::string("accepted 1"));
        const auto project = Project::open(file);
        QVERIFY(recordOf(*project, "a").isOutdated);
        project->undo();
        project->undo();
        QVERIFY(!recordOf(*project, "a").isOutdated);
        project->redo();
        edit(
            *project, "inventory", "a", [](outlines::Outline& outline) { outline.reviewRecord = {}; },
            "Accept");
        QVERIFY(!recordOf(*project, "a").isOutdated);
        QCOMPARE(project->reviewCount("inventory").outdated, 0);
    }

    void aVertexMoreOnItsLineOutdatesNoVerdict() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        mark(*project, "inventory", "a", Review::Accepted);
        move(*project, "inventory", "a", {{{{0, 0}, {50, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}});
        QVERIFY(!recordOf(*project, "a").isOutdated);
    }

    void aProjectOfBeforeReviewsSaidWhoseTheyAreStaysOneUntilTheFirstVerdict() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->addLayer(inventoryLayer());
        }
        makeOfVersion4(file);
        {
            const auto project = Project::open(file);
            QVERIFY(project->notes().empty());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        }
        QCOMPARE(versionOf(file), std::string("4"));
        QVERIFY(!has(columnsOf(file, "inventory"), "reviewer"));
        {
            const auto project = Project::open(file);
            mark(*project, "inventory", "a", Review::Accepted);
        }
        QCOMPARE(versionOf(file), std::string("5"));
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty());
        QVERIFY(!recordOf(*project, "a").reviewer.empty());
        project->undo();
        QVERIFY(project->outlines("inventory").find("a")->review == Review::NotReviewed);
    }

    void aVerdictOfBeforeTheySaidWhoseTheyAreCanBeTakenOver() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        }
        sql(file, "UPDATE inventory SET review = 'accepted'");
        const auto project = Project::open(file);
        QVERIFY(recordOf(*project, "a") == outlines::ReviewRecord());
        move(*project, "inventory", "a", squareShape(5, 5));
        QVERIFY(recordOf(*project, "a").isOutdated);
    }

    void whatComesBackCorrectedElsewhereKeepsItsVerdictAndSaysThatItIsOutdated() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->setAnalyst("A. Heim");
        project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
        mark(*project, "inventory", "a", Review::Accepted);
        mark(*project, "inventory", "b", Review::Accepted);
        auto moved = square("a", 3, 3);
        auto judged = square("b", 503, 3); // there somebody looked at the new line
        judged.review = Review::Accepted;
        judged.reviewRecord = {"B. Studer", "2031-01-01T00:00:00Z", "", false};
        project->importOutlines(inventoryLayer(), {moved, judged});
        QVERIFY(project->outlines("inventory").find("a")->review == Review::Accepted);
        QCOMPARE(recordOf(*project, "a").reviewer, std::string("A. Heim"));
        QVERIFY(recordOf(*project, "a").isOutdated);
        QCOMPARE(recordOf(*project, "b").reviewer, std::string("B. Studer"));
        QVERIFY(!recordOf(*project, "b").isOutdated);
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
        QVERIFY(has(messageOf([&] {
                        edit(
                            *project, "expert", "a",
                            [](outlines::Outline& outline) { outline.name = "Khumbu"; }, "Rename");
                    }),
                    "is a reference"));
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
        QCOMPARE(project->notes().size(), std::size_t{2});
        QVERIFY(has(project->notes()[0], "1 outline whose review is neither"));
        QVERIFY(has(project->notes()[1], "Another program changed 1 outline (Glacier a) of expert"));
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
        QVERIFY(!has(columnsOf(file, "expert"), "reviewer")); // no verdict yet
        QVERIFY(has(columnsOf(file, "other"), "review"));
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty()); // nobody took the columns away from the other layer
        project->undo();
        QCOMPARE(project->outlines("expert").size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(ProjectReviewTest)
#include "project_review_test.moc"
