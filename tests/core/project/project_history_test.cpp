// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_past.h"
#include "project/step_tools.h"
#include "project/undo_log.h"
#include "project_fixture.h"

#include <cmath>
#include <future>
#include <random>

using namespace nunatak;
using namespace nunatak::tests;
using project::Project;

class ProjectHistoryTest : public QObject {
    Q_OBJECT

private:
    ProjectFolder m_folder;

private Q_SLOTS:
    void whatIsDoneAfterStepsThatCannotBeTakenBackCanBeTakenBack() {
        project::UndoLog log;
        const auto add = [&log](std::int64_t id, std::int64_t undoes = 0, const char* tool = "") {
            log.add({id, "", "step " + std::to_string(id), undoes, tool});
        };
        add(1);
        add(2);
        // The file was overwritten while the second step was being taken back.
        add(3, 0, project::tools::recovered);
        QVERIFY(log.undoable() == nullptr);
        add(4, 2);
        QVERIFY(log.undoable() == nullptr);
        add(5);
        QVERIFY(log.undoable() != nullptr);
        QCOMPARE(log.undoable()->id, std::int64_t{5});
    }

    void undoAndRedoGoBackAndForth() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        QVERIFY(!project->undoDescription());
        QVERIFY(has(messageOf([&] { project->undo(); }), "nothing to undo"));
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        move(*project, "inventory", "a", squareShape(5, 5), "Move vertex of A");
        QCOMPARE(*project->undoDescription(), std::string("Move vertex of A"));
        project->undo();
        QCOMPARE(project->outlines("inventory").find("a")->geometry, squareShape(0, 0));
        QCOMPARE(*project->redoDescription(), std::string("Move vertex of A"));
        project->undo();
        QVERIFY(!project->hasLayer("inventory")); // the import had made it
        QVERIFY(!project->undoDescription());
        project->redo();
        project->redo();
        QVERIFY(!project->redoDescription());
        QCOMPARE(project->outlines("inventory").find("a")->geometry, squareShape(5, 5));
    }

    void aNewEditClearsWhatCouldBeRedone() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        move(*project, "inventory", "a", squareShape(5, 5), "First");
        project->undo();
        move(*project, "inventory", "a", squareShape(6, 6), "Second");
        QVERIFY(!project->redoDescription());
        project->undo();
        QCOMPARE(*project->redoDescription(), std::string("Second"));
    }

    void whatAGlacierWasIsReadFromTheHistoryAlsoAfterReopening() {
        const auto file = m_folder.newFile();
        const auto names = [](const project::OutlinePast& past) {
            std::vector<std::string> steps;
            for (const auto& moment : past.moments) {
                steps.push_back(moment.step.description + (moment.isTakenBack ? " (taken back)" : ""));
            }
            return steps;
        };
        const std::vector<std::string> expected{"Undo: Second", "Second (taken back)", "Name", "First",
                                                "Import 2 outlines into inventory"};
        const auto look = [&](const Project& project) {
            const auto past = project::planPast(project, {"inventory", "a"})();
            QCOMPARE(names(past), expected);
            QVERIFY(past.gap.empty());
            const auto& now = *project.outlines("inventory").find("a");
            QVERIFY(*past.moments.front().outline == now);
            QCOMPARE(past.moments[1].outline->geometry, squareShape(6, 6));
            QCOMPARE(past.moments[3].outline->geometry, squareShape(5, 5));
            QCOMPARE(past.moments[3].outline->name, std::string("Glacier a"));
            QCOMPARE(past.moments[4].outline->geometry, squareShape(0, 0));
            // What was beside it then.
            QCOMPARE(past.moments[1].beside.size(), std::size_t{1});
            QCOMPARE(past.moments[1].beside.front()->geometry, squareShape(104, 0));
            QCOMPARE(past.moments[4].beside.front()->geometry, squareShape(100, 0));
        };
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 100, 0)});
            move(*project, "inventory", "a", squareShape(5, 5), "First");
            edit(
                *project, "inventory", "a", [](outlines::Outline& outline) { outline.name = "Khumbu"; },
                "Name");
            move(*project, "inventory", "b", squareShape(104, 0), "Neighbour");
            move(*project, "inventory", "a", squareShape(6, 6), "Second");
            project->undo();
            look(*project);
            project->close();
        }
        look(*Project::open(file, project::Access::ReadOnly));
        const auto project = Project::open(file);
        look(*project);
        QVERIFY(has(messageOf([&] {
                        project::planPast(*project, {"inventory", "c"})();
                    }),
                    "not there any more"));
    }

    void theHistoryOfAGlacierThatIsThereNoMoreSaysWhatItWasAndWhatTookItAway() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 100, 0)});
            move(*project, "inventory", "a", squareShape(5, 5), "First");
            project->commit(
                {"Remove", {{"inventory", project->outlines("inventory").find("a"), nullptr}}, {}, "delete"});
        }
        const auto project = Project::open(file, project::Access::ReadOnly);
        const auto gone = project::planGone(*project, "inventory")();
        QCOMPARE(gone.size(), std::size_t{1});
        QCOMPARE(gone[0].outline->name, std::string("Glacier a"));
        QCOMPARE(gone[0].removed.tool, std::string("delete"));
        const auto past = project::planPast(*project, {"inventory", "a"})();
        QCOMPARE(past.removed->description, std::string("Remove"));
        QCOMPARE(past.moments.size(), std::size_t{2});
        QVERIFY(past.moments[0].outline->geometry == squareShape(5, 5));
        QVERIFY(!project::planPast(*project, {"inventory", "b"})().removed);
    }

    void whatCameBackAndWentByUndoIsGoneAsItWasBefore() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 100, 0)});
        const auto a = project->outlines("inventory").find("a");
        project->commit({"Remove", {{"inventory", a, nullptr}}, {}, "delete"});
        const auto less = outlines::share([&] {
            outlines::Outline outline = *a;
            outline.geometry = squareShape(5, 5);
            return outline;
        }());
        project->commit({"Bring back", {{"inventory", nullptr, less}}, {}, project::tools::revert});
        QVERIFY(project::planGone(*project, "inventory")().empty());
        project->undo();
        auto gone = project::planGone(*project, "inventory")();
        QCOMPARE(gone.size(), std::size_t{1});
        QCOMPARE(gone[0].removed.description, std::string("Remove"));
        QCOMPARE(gone[0].outline->geometry, a->geometry);
        project->undo(); // the removal
        project->redo();
        gone = project::planGone(*project, "inventory")();
        QCOMPARE(gone.size(), std::size_t{1});
        QCOMPARE(gone[0].removed.description, std::string("Remove"));
        // What was made and taken back went by that undo.
        project->commit({"Draw", {{"inventory", nullptr, outlines::share(square("c", 300, 0))}}, {}, "draw"});
        project->undo();
        gone = project::planGone(*project, "inventory")();
        QCOMPARE(gone.size(), std::size_t{2});
        QCOMPARE(gone[0].outline->uuid, std::string("c"));
        QVERIFY(gone[0].removed.undoes != 0);
    }

    void aGlacierThatIsPutBackIsOfThePictureOfThen() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneNamed("s2001", "2001", "2001-08-20"));
        project->addScene(sceneNamed("s2002", "2002", "2002-08-20"));
        auto layer = inventoryLayer();
        layer.epoch = {"2000", 2000, 5};
        project->importOutlines(layer, {square("a", 0, 0), square("b", 100, 0)});
        move(*project, "inventory", "a", squareShape(-5, 0), "First", "s2001");
        const auto first = project->outlines("inventory").find("a");
        QCOMPARE(first->srcDate, std::string("2001-08-20"));
        move(*project, "inventory", "a", squareShape(-6, 0), "Second", "s2002");
        const auto now = project->outlines("inventory").find("a");
        const auto b = project->outlines("inventory").find("b");
        outlines::Outline moved = *b;
        moved.geometry = squareShape(101, 0);
        project->commit(
            {"Revert", {{"inventory", now, first}, {"inventory", b, handle(moved), true}}, {}, "revert"},
            {"s2002"});
        QVERIFY(*project->outlines("inventory").find("a") == *first);
        QVERIFY(project->outlines("inventory").find("b")->isChanged); // its line went along
        QCOMPARE(project->outlines("inventory").find("b")->srcDate, b->srcDate);
    }

    void aDateThatIsTypedIsOfTheEpoch() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        auto layer = inventoryLayer();
        layer.epoch = {"2000", 2000, 5};
        project->importOutlines(layer, {square("a", 0, 0)});
        const auto date = [&](const char* day) {
            return messageOf([&] {
                edit(
                    *project, "inventory", "a", [day](outlines::Outline& outline) { outline.srcDate = day; },
                    "Date");
            });
        };
        QCOMPARE(date("2003-08-20"), std::string());
        QVERIFY(has(date("1990-08-20"), "2000 ± 5 years"));
        QCOMPARE(project->outlines("inventory").find("a")->srcDate, std::string("2003-08-20"));
    }

    void theHistoryOnlyGrowsAndAnUndoNamesTheStepItTakesBack() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        project->undo();
        project->redo();
        const auto history = project->history();
        QCOMPARE(history.size(), std::size_t{3});
        QCOMPARE(history[1].undoes, history[0].id);
        QCOMPARE(history[2].undoes, history[1].id);
        QVERIFY(has(history[1].description, "Undo: Import"));
        QVERIFY(has(history[2].description, "Redo: Import"));
        QCOMPARE(history[0].time.size(), std::size_t{20});
    }

    void undoAndRedoWorkAfterReopening() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
            move(*project, "inventory", "a", squareShape(5, 5), "First");
            move(*project, "inventory", "a", squareShape(6, 6), "Second");
            project->undo();
        }
        const auto project = Project::open(file);
        QCOMPARE(*project->undoDescription(), std::string("First"));
        QCOMPARE(*project->redoDescription(), std::string("Second"));
        project->redo();
        QCOMPARE(project->outlines("inventory").find("a")->geometry, squareShape(6, 6));
        project->undo();
        project->undo();
        QCOMPARE(project->outlines("inventory").find("a")->geometry, squareShape(0, 0));
    }

    void whatWasDoneSinceOpeningIsAtHandAndTheRestCanBeReadOnAnotherThread() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            QVERIFY(!project->isUndoAtHand());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
            project->flush();
            QVERIFY(project->isUndoAtHand()); // saved, and still in memory
        }
        const auto project = Project::open(file);
        QVERIFY(!project->isUndoAtHand());
        auto step = std::async(std::launch::async, project->planUndo()).get();
        QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
        project->take(std::move(step));
        QVERIFY(!project->hasLayer("inventory"));
        QVERIFY(project->isRedoAtHand());
        project->redo();
        QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
    }

    void aStepBackThatAnEditOvertookIsRefused() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        auto step = project->planUndo()();
        move(*project, "inventory", "a", squareShape(5, 5), "Move");
        QVERIFY(has(messageOf([&] { project->take(std::move(step)); }), "not the last one any more"));
        QCOMPARE(project->outlines("inventory").size(), std::size_t{1});
        QCOMPARE(*project->undoDescription(), std::string("Move"));
    }

    void aPlanMayOutliveItsProject() {
        const auto file = m_folder.newFile();
        Project::create(file, utm32())->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        auto project = Project::open(file);
        const auto plan = project->planUndo();
        project.reset();
        QVERIFY(has(messageOf([&] { plan(); }), "closed"));
    }

    void moreThanMemoryKeepsIsReadFromTheFile() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        outlines::Outline large = square("large", 0, 0);
        auto& ring = large.geometry.front().outer;
        ring.clear();
        constexpr int count = 1'500'000;
        for (int i = 0; i < count; ++i) {
            const double angle = 6.283185307179586 * i / count;
            ring.push_back({5000 * std::cos(angle), 5000 * std::sin(angle)});
        }
        project->importOutlines(inventoryLayer(), {square("small", 0, 0)});
        project->importOutlines(expertLayer(), {large});
        project->undo();
        project->redo();
        project->undo();
        project->flush();
        project->undo(); // the first step has left memory by now
        QVERIFY(!project->hasLayer("inventory"));
        project->redo();
        project->redo();
        QVERIFY(project->outlines("expert").find("large")->geometry == large.geometry);
    }

    void randomEditsAreTakenBackOneByOneAcrossReopenings() {
        std::mt19937 random(11);
        const auto file = m_folder.newFile();
        auto project = Project::create(file, utm32());
        project->importOutlines(inventoryLayer(), {square("e1", 0, 0), square("e2", 300, 0)});
        int drawn = 0;
        std::vector<Contents> states{contentsOf(*project)};
        std::size_t now = 0; // states[0] … states[now] can be undone to, later ones redone
        const auto edit = [&] {
            const auto all = project->outlines("inventory").all();
            const std::string uuid = all.empty() ? "" : all[random() % all.size()]->uuid;
            const auto known = project->outlines("inventory").find(uuid);
            const unsigned kind = random() % 5;
            if (known && kind == 0) {
                project->commit({"Remove", {{"inventory", known, nullptr}}, {}, {}});
            } else if (known && kind == 1) {
                outlines::Outline changed = *known;
                changed.name = std::to_string(random());
                const auto number = random();
                changed.attributes[std::to_string(random() % 3)] =
                    number % 3 == 0   ? outlines::AttributeValue(std::to_string(number))
                    : number % 3 == 1 ? outlines::AttributeValue(number / 7.0)
                                      : outlines::AttributeValue::null(outlines::AttributeType::Date);
                changed.describedShape = number % 2;
                changed.geometry.push_back(squareShape(random() % 1000, 5000)[0]);
                project->commit({"Change", {{"inventory", known, handle(changed)}}, {}, {}});
            } else if (known && kind == 2) {
                geo::MultiPolygon shape = known->geometry;
                shape[0].outer[random() % 4].x += 0.001 * (random() % 1000);
                move(*project, "inventory", uuid, shape, "Move");
            } else if (known && kind == 3) {
                mark(*project, "inventory", uuid, static_cast<outlines::Review>(random() % 4));
            } else {
                std::vector<outlines::OutlineChange> changes;
                for (int i = 0; i < 3; ++i) {
                    changes.push_back(
                        {"inventory", nullptr, handle(square(outlines::makeUuid(), 200 * ++drawn, 2000))});
                }
                project->commit({"Draw", changes, {}, {}});
            }
        };
        for (int i = 0; i < 300; ++i) {
            const unsigned kind = random() % 6;
            if (kind == 0 && now > 0) {
                project->undo();
                --now;
            } else if (kind == 1 && now + 1 < states.size()) {
                project->redo();
                ++now;
            } else if (kind == 2 && random() % 3 == 0) {
                project.reset();
                project = Project::open(file);
            } else {
                const std::size_t steps = project->history().size();
                edit();
                if (project->history().size() > steps) {
                    states.resize(++now);
                    states.push_back(contentsOf(*project));
                }
            }
            QVERIFY(contentsOf(*project) == states[now]);
        }
        while (now > 0) {
            project->undo();
            --now;
            QVERIFY(contentsOf(*project) == states[now]);
        }
        while (now + 1 < states.size()) {
            project->redo();
            ++now;
            QVERIFY(contentsOf(*project) == states[now]);
        }
    }

    void movingAVertexOfALargeOutlineCostsLittleInTheHistoryAndLittleTime() {
        const auto file = m_folder.newFile();
        outlines::Outline large = square("a", 0, 0);
        large.geometry[0].outer.clear();
        for (int i = 0; i < 100000; ++i) {
            const double angle = i * 2 * 3.14159265358979 / 100000;
            large.geometry[0].outer.push_back({1e5 * std::cos(angle), 1e5 * std::sin(angle)});
        }
        auto project = Project::create(file, utm32());
        project->addLayer(inventoryLayer());
        project->commit({"Draw", {{"inventory", nullptr, handle(large)}}, {}, {}});
        project->flush();
        project.reset();
        const auto before = std::filesystem::file_size(file);
        project = Project::open(file);
        int round = 0;
        QBENCHMARK_ONCE {
            for (; round < 10; ++round) {
                const auto now = project->outlines("inventory").find("a");
                geo::MultiPolygon shape = now->geometry;
                shape[0].outer[0] = {1e5 + 1 + round, 0};
                move(*project, "inventory", "a", shape);
            }
        }
        project.reset();
        QVERIFY(std::filesystem::file_size(file) < before + 100000);
        project = Project::open(file);
        for (; round > 0; --round) {
            project->undo();
        }
        QVERIFY(project->outlines("inventory").find("a")->geometry == large.geometry);
    }
};

QTEST_GUILESS_MAIN(ProjectHistoryTest)
#include "project_history_test.moc"
