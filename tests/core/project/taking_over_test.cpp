// SPDX-License-Identifier: GPL-3.0-or-later
// What references say comes into an inventory: a layer taken over, outlines taken one by one.
#include "geo/shape_operations.h"
#include "inventory_fixture.h"
#include "outlines/taken_outline.h"
#include "project/layer_choice.h"

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using outlines::Origin;
using outlines::Review;
using project::Project;

class TakingOverTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;

private Q_SLOTS:
    void takingOverReplacesWhatNobodyTouchedAndSaysSoBefore() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneOf("s2020", "2020-08-20"));
        prediction::ScenePrediction prediction;
        prediction.sceneId = "s2020";
        prediction.computed = squareShape(-1000, -1000, 4000);
        prediction.glaciers = {square("a", 0, 0), square("b", 500, 0), square("c", 1000, 0)};
        project->storePrediction(prediction, {}, project::AfterPrediction::StartInventory);
        move(*project, "inventory", "a", squareShape(-5, 0, 110));
        edit(
            *project, "inventory", "b", [](outlines::Outline& outline) { outline.name = "Khumbu"; }, "Name");
        // Another model finds a elsewhere, b larger and under another UUID, c not, and d.
        prediction.modelFingerprint = "another";
        prediction.glaciers = {square("a2", 3, 3), square("b2", 495, 0, 120), square("d", 2000, 0)};
        project->storePrediction(prediction);
        const auto taken = project::planTakeOver(*project, "predicted_2", "inventory")();
        QCOMPARE(taken.counts(), std::string("2 kept, 1 new, 1 gone"));
        QCOMPARE(taken.other, 1);
        const auto steps = project->history().size();
        project->take(taken.step);
        QCOMPARE(project->history().size(), steps + 1);
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b", "d"}));
        QCOMPARE(project->outlines("inventory").find("a")->geometry, squareShape(-5, 0, 110));
        const auto b = project->outlines("inventory").find("b");
        QCOMPARE(b->geometry, squareShape(495, 0, 120));
        QCOMPARE(b->name, std::string("Khumbu"));
        QVERIFY(!outlines::isTouched(*b));
        project->undo();
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b", "c"}));
    }

    void aGlacierThatReachesBeyondWhatWasPredictedIsNotCutOffThere() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneOf("s2020", "2020-08-20"));
        project->importOutlines({"rgi", LayerKind::Expert, "", ""},
                                {square("whole", 0, 0, 900), square("beyond", 2000, 0, 2000),
                                 square("unseen", 2200, 2500, 1500), square("sliver", 1000, 2050, 955)});
        project->take(project::planInventory(*project, {.from = "rgi"})());
        prediction::ScenePrediction prediction;
        prediction.sceneId = "s2020";
        prediction.computed = squareShape(-1000, -1000, 4000); // ends at 3000
        auto cut = square("p", 0, 0);
        cut.geometry = {{{{2000, 0}, {3000, 0}, {3000, 1600}, {2000, 1600}}, {}}};
        // Another piece of the same glacier is none of its own.
        prediction.glaciers = {square("w", 5, 5, 900), cut, square("piece", 2100, 1700, 200),
                               square("s", 1000, 2050, 950)};
        project->storePrediction(prediction);
        const auto taken = project::planTakeOver(*project, "predicted", "inventory")();
        QCOMPARE(taken.counts(), std::string("4 kept, 0 new, 0 gone"));
        QCOMPARE(taken.other, 2);
        QVERIFY(has(taken.step.notes.at(0), "1 glacier: Glacier beyond"));
        project->take(taken.step);
        const auto& inventory = project->outlines("inventory");
        QCOMPARE(inventory.find("whole")->geometry, squareShape(5, 5, 900));
        QCOMPARE(inventory.find("beyond")->geometry, squareShape(2000, 0, 2000));
        QCOMPARE(inventory.find("unseen")->geometry, squareShape(2200, 2500, 1500));
        QCOMPARE(inventory.find("sliver")->geometry, squareShape(1000, 2050, 950)); // 5 m over the edge
    }

    void whatIsTakenOverEndsWhereSomebodysOutlineBegins() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        move(*project, "inventory", "a", squareShape(0, 0, 120));
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {square("n", 110, 0)});
        const auto taken = project::planTakeOver(*project, "rgi", "inventory")();
        QCOMPARE(taken.step.notes.size(), std::size_t{1});
        QVERIFY2(has(taken.step.notes[0],
                     "Cut where outlines begin that somebody drew, changed or judged: Glacier n by 9"),
                 taken.step.notes[0].c_str()); // 995 m² on the ground
        project->take(taken.step);
        QCOMPARE(geo::planarArea(project->outlines("inventory").find("n")->geometry), 90.0 * 100);
        QCOMPARE(project->outlines("inventory").size(), std::size_t{3}); // an expert's layer empties nothing
    }

    void whatNobodyTouchedGivesWayToWhatIsTakenOverSoThatNothingOverlaps() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        const auto a = project->outlines("inventory").find("a")->geometry;
        const auto end = geo::extentOf(a).xmax;
        // Over a strip of a, far less than half of either.
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {square("n", end - 20, 0)});
        const auto taken = project::planTakeOver(*project, "rgi", "inventory")();
        QCOMPARE(taken.gone, 0);
        QCOMPARE(taken.step.notes.size(), std::size_t{1});
        QVERIFY2(has(taken.step.notes[0], "Cut where the new outlines begin, of what nobody touched: "),
                 taken.step.notes[0].c_str());
        project->take(taken.step);
        const auto now = project->outlines("inventory").find("a");
        QCOMPARE(geo::planarArea(now->geometry), geo::planarArea(a) - 20.0 * 100);
        QVERIFY(!outlines::isTouched(*now));
        QCOMPARE(geo::planarArea(project->outlines("inventory").find("n")->geometry), 100.0 * 100);
        project->undo();
        QCOMPARE(project->outlines("inventory").find("a")->geometry, a);
    }

    void oneOutlineOfAReferenceIsTakenInThePlaceOfWhatCoversItsGround() {
        const auto project = predicted(m_folder);
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {dated("r", -5, "2017-09-01")});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        mark(*project, "inventory", "a", Review::Doubtful);
        const auto taken = project::takenOutline(*project, {"rgi", "r"}, "inventory");
        QVERIFY(taken.then == (outlines::OutlineRef{"inventory", "a"}));
        project->commit(taken);
        const auto a = project->outlines("inventory").find("a");
        QCOMPARE(a->geometry, squareShape(-5, 0));
        QCOMPARE(a->srcDate, std::string("2017-09-01"));
        QVERIFY(a->origin == Origin::Imported && a->isChanged && a->review == Review::NotReviewed);
        QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
        project->undo();
        QVERIFY(project->outlines("inventory").find("a")->review == Review::Doubtful);
        QVERIFY(has(messageOf([&] {
                        project::takenOutline(*project, {"inventory", "a"}, "inventory");
                    }),
                    "is no reference"));
    }

    void whatIsTakenTakesNoGlacierAwayThatSomebodyTouched() {
        const auto project = predicted(m_folder);
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {square("r", -100, -100, 900)});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        move(*project, "inventory", "a", squareShape(0, 0, 120));
        // Of a and b, both of which r covers, it takes the place of the larger one; the other is untouched.
        const auto taken = project::takenOutline(*project, {"rgi", "r"}, "inventory");
        QVERIFY(taken.then->uuid == "a");
        QVERIFY(has(taken.description, "in the place of Glacier b too"));
        mark(*project, "inventory", "b", Review::Doubtful);
        const auto before = contentsOf(*project);
        const auto refused = messageOf([&] {
            project->commit(project::takenOutline(*project, {"rgi", "r"}, "inventory"));
        });
        QVERIFY(has(refused, "Glacier r covers Glacier b of Inventory 2020 too"));
        QVERIFY(contentsOf(*project) == before);
    }

    void ofManyGlaciersThatWouldGoThreeAreNamed() {
        const auto project = predicted(m_folder);
        std::vector<outlines::Outline> many;
        for (int i = 0; i < 6; ++i) {
            many.push_back(square("m" + std::to_string(i), 200.0 * i, 5000));
        }
        project->importOutlines({"predicted_2", LayerKind::Predicted, "s2020", "2020-08-20"}, many);
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {square("r", -100, 4900, 1500)});
        project->take(project::planInventory(*project, {.from = "predicted_2"})());
        for (const auto& outline : many) {
            mark(*project, "inventory", outline.uuid, Review::Accepted);
        }
        QVERIFY(has(messageOf([&] {
                        project::takenOutline(*project, {"rgi", "r"}, "inventory");
                    }),
                    "and 2 more"));
    }

    void severalOutlinesAreTakenTogetherOrNone() {
        const auto project = predicted(m_folder);
        project->importOutlines(
            {"rgi", LayerKind::Expert, "", ""},
            {square("r", -5, 0), square("s", 505, 0), square("t", 1000, 0), square("u", 1140, 0)});
        project->importOutlines({"other", LayerKind::Expert, "", ""},
                                {square("n", 2000, 0), square("o", 2010, 0)});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        const auto steps = project->history().size();
        QVERIFY(has(messageOf([&] {
                        project::takenOutlines(*project, "rgi", {"r", "nobody"}, "inventory");
                    }),
                    "no outline nobody"));
        QVERIFY(has(messageOf([&] {
                        project::takenOutlines(*project, "other", {"n", "o"}, "inventory");
                    }),
                    "cover the same ground"));
        const auto edit = project::takenOutlines(*project, "rgi", {"r", "s", "t", "r", "u"}, "inventory");
        QVERIFY(has(edit.description, "Glacier a, Glacier b, Glacier t and 1 more"));
        project->commit(edit);
        QCOMPARE(project->history().size(), steps + 1);
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b", "t", "u"}));
        QCOMPARE(project->outlines("inventory").find("b")->geometry, squareShape(505, 0));
        project->undo();
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b"}));
    }

    void whatAnExpertFoundStaysFoundAndWhatAModelFoundIsNotReviewed() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        auto accepted = dated("good", 0, "2017-09-01");
        accepted.review = Review::Accepted;
        accepted.analyst = "A. Heim";
        auto none = dated("none", 500, "2017-09-01");
        none.review = Review::Removed;
        // On the ground of a larger one that was found to be no glacier another one was drawn.
        auto shadow = dated("shadow", 990, "2017-09-01");
        shadow.geometry = squareShape(990, -10, 120);
        shadow.review = Review::Removed;
        project->importOutlines({"expert", LayerKind::Expert, "", ""},
                                {accepted, none, shadow, dated("drawn", 1000, "2017-09-01")});
        project->take(project::planInventory(*project, {.from = "expert"})());
        const auto& inventory = project->outlines("inventory");
        QVERIFY(inventory.find("good")->review == Review::Accepted);
        QCOMPARE(inventory.find("good")->analyst, std::string("A. Heim"));
        QVERIFY(inventory.find("none")->review == Review::Removed);
        QVERIFY(inventory.find("drawn") && !inventory.find("shadow"));
        QCOMPARE(project::outlinesToHandIn(*project, "inventory").size(), std::size_t{2});
        // By taking over, and by taking one, too.
        project->take(project::planInventory(*project, {.epoch = outlines::Epoch{"2016", 2016, 5}})());
        project->take(project::planTakeOver(*project, "expert", "inventory_2")().step);
        QVERIFY(project->outlines("inventory_2").find("none")->review == Review::Removed);
        project->undo();
        project->commit(project::takenOutline(*project, {"expert", "none"}, "inventory_2"));
        QVERIFY(project->outlines("inventory_2").find("none")->review == Review::Removed);
        // A model's outlines that were accepted elsewhere were so in another layer.
        auto machine = square("machine", 0, 0);
        machine.review = Review::Accepted;
        QVERIFY(outlines::asOfInventory(machine, LayerKind::Predicted).review == Review::NotReviewed);
    }

    void whatSomebodysOutlinesCoverWholeIsLeftOutAndTold() {
        const auto project = predicted(m_folder);
        // Three strips, each of them less than half of what comes.
        std::vector<outlines::Outline> strips;
        for (int i = 0; i < 3; ++i) {
            auto strip = square("strip" + std::to_string(i), 0, 0);
            strip.geometry = {{{{0, 5000.0 + 100 * i},
                                {900, 5000.0 + 100 * i},
                                {900, 5100.0 + 100 * i},
                                {0, 5100.0 + 100 * i}},
                               {}}};
            strips.push_back(strip);
        }
        project->importOutlines({"predicted_2", LayerKind::Predicted, "s2020", "2020-08-20"}, strips);
        project->take(project::planInventory(*project, {.from = "predicted_2"})());
        for (const auto& strip : strips) {
            mark(*project, "inventory", strip.uuid, Review::Accepted);
        }
        auto across = square("across", 0, 0);
        across.geometry = {{{{400, 5000}, {500, 5000}, {500, 5300}, {400, 5300}}, {}}};
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {across, square("free", 3000, 0)});
        const auto taken = project::planTakeOver(*project, "rgi", "inventory")();
        QCOMPARE(taken.counts(), std::string("3 kept, 1 new, 0 gone"));
        QVERIFY(has(taken.step.notes.at(0), "1 outline: Glacier across"));
        project->take(taken.step);
        QVERIFY(!project->outlines("inventory").find("across"));
        QVERIFY(has(messageOf([&] {
                        project::takenOutline(*project, {"rgi", "across"}, "inventory");
                    }),
                    "Nothing of the outline of Glacier across is left"));
    }
};

QTEST_GUILESS_MAIN(TakingOverTest)
#include "taking_over_test.moc"
