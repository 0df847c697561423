// SPDX-License-Identifier: GPL-3.0-or-later
// One inventory is edited, the rest is reference: what that means to the hand, in the real window.
#include "inventory_fixture.h"

#include "exchange/outline_files.h"
#include "project/inventory.h"
#include "ui/exchange/exchange_dialogs.h"

#include <QListWidget>
#include <QStatusBar>
#include <QToolButton>

#include <algorithm>

using namespace nunatak;
using namespace nunatak::tests;
using ui::layers::InventoryLine;
using ui::window::MainWindow;

class WindowInventoryTest : public QObject {
    Q_OBJECT

    InventoryFixture m_fixture;

private Q_SLOTS:
    void hidingALayerNeverRedirectsAnEditAndNoCorrectionIsOverwritten() {
        const auto file = m_fixture.makeInventory("hide.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        dragVertex(*window, m_fixture.eastVertex(), 90);
        dragVertex(*window, m_fixture.eastVertex(90), 90);
        dragVertex(*window, m_fixture.eastVertex(180), 90);
        clickBox(*window, "expert");
        QCOMPARE(itemOf(*window, "expert")->checkState(0), Qt::Unchecked);
        undo(*window);
        undo(*window);
        redo(*window);
        dragVertex(*window, m_fixture.eastVertex(180), 60);
        // With the inventory hidden a reference may be taken hold of, and nothing is changed by that.
        clickBox(*window, "expert");
        clickBox(*window, "Inventory 2019");
        clickAt(*window, m_fixture.big());
        QVERIFY2(line(*window).contains("locked"), qPrintable(line(*window)));
        const auto steps = part<QListWidget>(window.get(), "history")->count();
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, m_fixture.eastVertex()),
             placeOf(*window, m_fixture.eastVertex(90)));
        QCOMPARE(part<QListWidget>(window.get(), "history")->count(), steps);
        QVERIFY(toast(*window).contains("is a reference"));
        QVERIFY(closed(*window));
        QCOMPARE(stored(file, "inventory").size(), std::size_t{2});
        QVERIFY(std::abs(m_fixture.eastEnd(named(file, "inventory", "Big Glacier")) -
                         m_fixture.eastVertex(240).x) < 8);
        QVERIFY(std::abs(m_fixture.eastEnd(named(file, "expert", "Big Glacier")) - m_fixture.eastVertex().x) <
                1e-6);
    }

    void whatThePanelsOrderSaysIsSeenAlsoAfterAnotherPredictionAndAfterReopening() {
        const auto file = m_fixture.makeProject("order.gpkg");
        {
            // The same lines, so that the upper layer hides the lower one.
            const auto project = project::Project::open(file);
            // One where no model finds ice.
            project->importOutlines(
                project->layer("expert"),
                {WindowFixture::outline("Elsewhere", m_fixture.grid().toMap(24, 104), 500)});
            std::vector<outlines::Outline> same;
            for (const auto& outline : project->outlines("expert").all()) {
                same.push_back(*outline);
                same.back().uuid = outlines::makeUuid();
            }
            project->importOutlines({"other", outlines::LayerKind::Predicted, project->scene().id, {}}, same);
            project->close();
        }
        const auto isAbove = [&](MainWindow& window, const QString& upper, const QString& lower) {
            const int of = pixelsOf(window, colorOf(window, upper));
            const int under = pixelsOf(window, colorOf(window, lower));
            return placeInPanel(window, upper) < placeInPanel(window, lower) && of > 50 && under < of / 5;
        };
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(isAbove(*window, "other", "expert"));
            clickRow(*window, "expert");
            QTest::mouseClick(part<QToolButton>(window.get(), "layerUp"), Qt::LeftButton);
            QVERIFY(isAbove(*window, "expert", "other"));
            QVERIFY(predicts(*window));
            QVERIFY(placeInPanel(*window, "inventory") == 0);
            QVERIFY(isAbove(*window, "expert", "other"));
            // Wherever the user has put the inventory, a new prediction stays below it.
            clickRow(*window, "Inventory 2020");
            for (int i = 0; i < 2; ++i) {
                QTest::mouseClick(part<QToolButton>(window.get(), "layerDown"), Qt::LeftButton);
            }
            const int before = placeInPanel(*window, "inventory");
            QCOMPARE(before, 2);
            undo(*window);
            QVERIFY(answer("Take it back"));
            QTRY_COMPARE(placeInPanel(*window, "predicted"), -1);
            QVERIFY(isAbove(*window, "expert", "other"));
            redo(*window);
            QTRY_VERIFY(placeInPanel(*window, "inventory") >= 0);
            QVERIFY(placeInPanel(*window, "inventory") < placeInPanel(*window, "predicted"));
            QVERIFY(isAbove(*window, "expert", "other"));
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(placeInPanel(*window, "inventory") < placeInPanel(*window, "predicted"));
        QVERIFY(isAbove(*window, "expert", "other"));
        QVERIFY(closed(*window));
    }

    void aReferenceIsDrawnOnlyWhereItDiffersFromTheInventory() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("differs.gpkg"));
        QVERIFY(window);
        const auto expert = colorOf(*window, "expert");
        QCOMPARE(pixelsOf(*window, expert), 0);
        clickAt(*window, m_fixture.big());
        dragVertex(*window, m_fixture.eastVertex(), 200);
        clickAt(*window, m_fixture.rock());
        QVERIFY(pixelsOf(*window, expert) > 0);
        picture(*window, "reference_differs");
        undo(*window);
        QTRY_COMPARE(pixelsOf(*window, expert), 0);
        clickBox(*window, "Inventory 2019"); // then the reference is all there is to see
        QVERIFY(pixelsOf(*window, expert) > 100);
        QVERIFY(closed(*window));
    }

    void theLineAboveTheViewSaysWhatIsEdited() {
        const auto file = m_fixture.makeInventory("line.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(window->findChild<InventoryLine*>()->isVisible());
        QCOMPARE(line(*window), QString("\u270e Inventory 2019 \u00b7 picture 2020-08-20"));
        clickAt(*window, m_fixture.big());
        QVERIFY(line(*window).startsWith("\u270e Inventory 2019 \u00b7 Big Glacier \u00b7 as it came"));
        QVERIFY(!warns(*window)); // its own picture
        dragVertex(*window, m_fixture.eastVertex(), 90);
        QVERIFY(line(*window).contains("Big Glacier \u00b7 changed \u00b7 picture 2020-08-20"));
        QTest::keyClick(window->viewport(), Qt::Key_A);
        QVERIFY(line(*window).contains("accepted"));
        picture(*window, "inventory_line");
        clickAt(*window, m_fixture.big());
        clickAt(*window, m_fixture.big());
        QVERIFY(closed(*window));
    }

    void oneClickLeadsFromASceneToOutlinesThatCanBeDragged() {
        const auto file = m_fixture.makeBare("bare.gpkg");
        const auto before = m_fixture.predictedIn("probe.gpkg");
        QCOMPARE(before.size(), std::size_t{2});
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(line(*window).startsWith("No inventory yet"));
        auto* predict = window->viewport()->findChild<QPushButton*>("inventoryPredict");
        QVERIFY(predict->isVisible());
        picture(*window, "no_inventory");
        QTest::mouseClick(predict, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return placeInPanel(*window, "inventory") >= 0; }, 30000));
        QVERIFY(idle(*window));
        QVERIFY2(line(*window).startsWith("\u270e Inventory 2020"), qPrintable(line(*window)));
        QVERIFY(!openDialog());
        clickAt(*window, m_fixture.big());
        const auto big = *std::max_element(before.begin(), before.end(), [](const auto& a, const auto& b) {
            return a->extent().width() < b->extent().width();
        });
        const auto& ring = big->geometry[0].outer;
        const auto east = *std::max_element(ring.begin(), ring.end(),
                                            [](const auto& a, const auto& b) { return a.x < b.x; });
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, east),
             placeOf(*window, {east.x + 200, east.y}));
        QVERIFY2(line(*window).contains("changed"), qPrintable(line(*window)));
        QVERIFY(closed(*window));
        QVERIFY(stored(file, "predicted").size() == 2);
        int changed = 0;
        for (const auto& outline : stored(file, "inventory")) {
            changed += outline->isChanged ? 1 : 0;
        }
        QCOMPARE(changed, 1);
    }

    void draggingAReferenceWhereThereIsNoInventoryOffersToStartOne() {
        const auto file = m_fixture.makeProject("offer.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, m_fixture.eastVertex()),
             placeOf(*window, m_fixture.eastVertex(90)));
        QVERIFY(toast(*window).contains("there is no inventory yet"));
        clickToast(*window);
        QTRY_VERIFY(line(*window).startsWith("\u270e Inventory 2019 \u00b7 Big Glacier"));
        dragVertex(*window, m_fixture.eastVertex(), 90);
        QVERIFY(line(*window).contains("changed"));
        QVERIFY(closed(*window));
        QVERIFY(std::abs(m_fixture.eastEnd(named(file, "inventory", "Big Glacier")) -
                         m_fixture.eastVertex(90).x) < 8);
    }

    void predictingAgainOffersToTakeOverWithItsCountsFirst() {
        const auto file = m_fixture.makeBare("again.gpkg");
        std::set<std::string> uuids;
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(predicts(*window));
            QVERIFY(closed(*window));
            for (const auto& outline : stored(file, "inventory")) {
                uuids.insert(outline->uuid);
            }
            QCOMPARE(uuids.size(), std::size_t{2});
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(predicts(*window)); // the same again: nothing to ask
        QVERIFY(!openDialog());
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_A);
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window->viewport(), Qt::Key_Delete);
        QTRY_COMPARE(rows(*window)[0].glaciers, 1);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_F5);
        // Hands may be at work: it is offered, and no dialog takes the next key.
        QTRY_VERIFY_WITH_TIMEOUT(toast(*window).contains("would change"), 30000);
        QVERIFY2(toast(*window).contains("1 kept, 1 new, 0 gone"), qPrintable(toast(*window)));
        QVERIFY(!openDialog());
        clickToast(*window);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("question"), 30000);
        QVERIFY2(question().contains("1 kept, 1 new, 0 gone"), qPrintable(question()));
        picture(*openDialog(), "take_over");
        QVERIFY(answer("Take over"));
        QTRY_COMPARE(rows(*window)[0].glaciers, 2);
        QVERIFY(line(*window).contains("accepted")); // still selected, still reviewed
        QVERIFY(toast(*window).contains("1 kept, 1 new, 0 gone"));
        QVERIFY(closed(*window));
        int kept = 0;
        for (const auto& outline : stored(file, "inventory")) {
            kept += uuids.contains(outline->uuid) ? 1 : 0;
            QVERIFY(outline->review != outlines::Review::Doubtful);
        }
        QCOMPARE(kept, 2);
    }

    void anOutlineOfAReferenceIsTakenWithAKeyAndFromTheInspector() {
        const auto file = m_fixture.makeBare("take.gpkg");
        {
            const auto project = project::Project::open(file);
            project->importOutlines(
                {"expert", outlines::LayerKind::Expert, project->scene().id, "2020-08-20"},
                {WindowFixture::outline("Big Glacier", m_fixture.big(), 900)});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(predicts(*window));
        clickAt(*window, m_fixture.big());
        clickAt(*window, m_fixture.big()); // the expert's beneath, or the prediction's
        for (int i = 0; i < 3 && !line(*window).startsWith("expert"); ++i) {
            clickAt(*window, m_fixture.big());
        }
        QVERIFY2(line(*window).startsWith("expert"), qPrintable(line(*window)));
        QVERIFY(part<QPushButton>(window.get(), "takeOutlineHere")->isVisible());
        QTest::keyClick(window->viewport(), Qt::Key_K);
        QTRY_VERIFY2(line(*window).startsWith("\u270e Inventory 2020"), qPrintable(line(*window)));
        QVERIFY(!part<QPushButton>(window.get(), "takeOutlineHere")->isVisible());
        QVERIFY(closed(*window));
        const auto taken = stored(file, "inventory");
        QCOMPARE(taken.size(), std::size_t{2});
        QVERIFY(std::any_of(taken.begin(), taken.end(), [&](const auto& outline) {
            return std::abs(outline->extent().width() - 1800) < 1;
        }));
    }

    void takingOverSaysWhatIsLeftOut() {
        const auto file = m_fixture.makeProject("left_out.gpkg");
        {
            const auto box = [](const std::string& name, geo::Point corner, double side) {
                auto outline = WindowFixture::outline(name, corner, 1);
                outline.geometry = {{{corner,
                                      {corner.x + side, corner.y},
                                      {corner.x + side, corner.y + side},
                                      {corner.x, corner.y + side}},
                                     {}}};
                return outline;
            };
            const auto middle = m_fixture.big();
            const auto project = project::Project::open(file);
            const outlines::LayerInfo pair{"pair", outlines::LayerKind::Expert, {}, "2019-09-01"};
            project->importOutlines(pair,
                                    {box("West", {middle.x - 600, middle.y}, 600), box("East", middle, 600)});
            project->take(project::planInventory(*project, {.from = "pair"})());
            editing::Edit edit;
            edit.description = "Accept both";
            for (const auto& outline : project->outlines("inventory").all()) {
                auto accepted = static_cast<outlines::Outline>(*outline);
                accepted.review = outlines::Review::Accepted;
                edit.changes.push_back({"inventory", outline, outlines::share(std::move(accepted))});
            }
            project->commit(edit, {});
            // One that lies in both, half of it in each, and one of its own ground.
            project->importOutlines({"survey", outlines::LayerKind::Expert, {}, "2019-09-01"},
                                    {box("Inside", {middle.x - 100, middle.y + 100}, 200),
                                     box("Elsewhere", m_fixture.rock(), 250)});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(chooseInMenu(*window, "survey", "takeOver"));
        QTRY_VERIFY(openDialog("question"));
        QVERIFY2(question().contains("1 new"), qPrintable(question()));
        const auto details = qobject_cast<QMessageBox*>(openDialog("question"))->informativeText();
        QVERIFY2(details.contains("Left out") && details.contains("Inside"), qPrintable(details));
        picture(*openDialog("question"), "take_over_left_out");
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QVERIFY(closed(*window));
    }

    void pencilLineExportQueueAndLearningNameTheSameLayer() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("same.gpkg"));
        QVERIFY(window);
        clickRow(*window, "expert"); // a highlighted row changes nothing of it
        int edited = 0;
        for (const auto& row : rows(*window)) {
            edited += itemOf(*window, row.title)->font(0).bold() ? 1 : 0;
        }
        QCOMPARE(edited, 1);
        QVERIFY(itemOf(*window, "Inventory 2019")->font(0).bold());
        QVERIFY(line(*window).contains("Inventory 2019"));
        QTest::keyClick(window->viewport(), Qt::Key_R);
        QVERIFY(idle(*window));
        QVERIFY2(line(*window).startsWith("\u270e Inventory 2019"), qPrintable(line(*window)));
        QVERIFY(window->statusBar()->currentMessage().contains("Inventory 2019"));
        window->action("exportOutlines")->trigger();
        auto* dialog = qobject_cast<ui::exchange::ExportDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        QCOMPARE(dialog->layer(), QString("inventory"));
        dialog->close();
        QTRY_VERIFY(!openDialog());
        QVERIFY(closed(*window));
    }

    void aGlacierOfAnotherEpochHasNoPencil() {
        const auto file = m_fixture.makeInventory("epochs.gpkg");
        const auto extent = m_fixture.grid().extent();
        const geo::Point there{extent.xmin + 400, extent.ymin + 400};
        {
            const auto project = project::Project::open(file);
            auto glacier = WindowFixture::outline("Lost Glacier", there, 150);
            glacier.srcDate = "1990-08-01";
            outlines::LayerInfo older{"older", outlines::LayerKind::Inventory, {}, "1990-08-01"};
            older.epoch = {"1990", 1990, 5};
            project->importOutlines(older, {glacier});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY2(line(*window).startsWith("\u270e Inventory 2019"), qPrintable(line(*window)));
        clickAt(*window, there);
        QVERIFY2(line(*window).contains("Lost Glacier") && !line(*window).contains("\u270e"),
                 qPrintable(line(*window)));
        clickAt(*window, m_fixture.big());
        QVERIFY2(line(*window).startsWith("\u270e Inventory 2019"), qPrintable(line(*window)));
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowInventoryTest)
#include "window_inventory_test.moc"
