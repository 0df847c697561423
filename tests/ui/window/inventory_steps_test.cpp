// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to inventories and layers as steps of the history, in the real window.
#include "inventory_fixture.h"

#include <QDockWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;

class InventoryStepsTest : public QObject {
    Q_OBJECT

    InventoryFixture m_fixture;

private Q_SLOTS:
    void takingAPredictionOrAnImportBackAsksFirstAlsoRightAfterOpening() {
        const auto file = m_fixture.makeProject("ask.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            undo(*window); // the import, right after opening
            QVERIFY2(question().contains("Import"), qPrintable(question()));
            QVERIFY(answer("Keep it"));
            QCOMPARE(placeInPanel(*window, "expert"), 0);
            QVERIFY(predicts(*window));
            undo(*window);
            QVERIFY2(question().contains("Predict"), qPrintable(question()));
            QVERIFY(answer("Keep it"));
            QVERIFY(placeInPanel(*window, "inventory") >= 0);
            undo(*window);
            QVERIFY(answer("Take it back"));
            QTRY_COMPARE(placeInPanel(*window, "inventory"), -1);
            QVERIFY(toast(*window).startsWith("Taken back: "));
            clickToast(*window); // redo
            QTRY_VERIFY(placeInPanel(*window, "inventory") >= 0);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        undo(*window);
        QVERIFY(openDialog("question"));
        QVERIFY(answer("Take it back"));
        QTRY_COMPARE(placeInPanel(*window, "predicted"), -1);
        QVERIFY(closed(*window));
    }

    void layersAreRenamedAndRemovedAsStepsOfTheHistory() {
        const auto file = m_fixture.makeInventory("rename.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(chooseInMenu(*window, "Inventory 2019", "renameLayer"));
        auto* editor = window->findChild<QTreeWidget*>("layers")->findChild<QLineEdit*>();
        QVERIFY(editor);
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(editor, "Upper valley");
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(itemOf(*window, "Upper valley"));
        QVERIFY(line(*window).contains("Upper valley"));
        undo(*window);
        QTRY_VERIFY(itemOf(*window, "Inventory 2019"));
        QVERIFY(chooseInMenu(*window, "Inventory 2019", "removeLayer"));
        QTRY_COMPARE(placeInPanel(*window, "inventory"), -1);
        QVERIFY(line(*window).startsWith("No inventory yet"));
        QVERIFY(pixelsOf(*window, colorOf(*window, "expert")) > 100);
        clickToast(*window);
        QTRY_VERIFY(itemOf(*window, "Inventory 2019"));
        QCOMPARE(pixelsOf(*window, colorOf(*window, "expert")), 0);
        QVERIFY(closed(*window));
        QCOMPARE(stored(file, "inventory").size(), std::size_t{2});
    }

    void aStepOfTheHistoryIsFlownToAndGoneBackTo() {
        const auto file = m_fixture.makeInventory("history.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* history = part<QListWidget>(window.get(), "history");
        history->window()->findChild<QDockWidget*>("historyDock")->show();
        clickAt(*window, m_fixture.big());
        dragVertex(*window, m_fixture.eastVertex(), 90);
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window->viewport(), Qt::Key_A);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_D);
        QCOMPARE(history->item(0)->text(), "Mark Big Glacier as doubtful");
        QTest::qWait(200); // drawn
        picture(*window, "history");
        // A click selects and shows what the step was about.
        const auto click = [&](int row) {
            history->scrollToItem(history->item(row));
            QTest::mouseClick(history->viewport(), Qt::LeftButton, {},
                              history->visualItemRect(history->item(row)).center());
        };
        click(1);
        QTRY_VERIFY(line(*window).contains("Small Glacier"));
        QVERIFY(idle(*window));
        const auto seen = window->viewport()->project(m_fixture.small());
        QVERIFY(seen && std::abs(seen->x() - window->viewport()->width() / 2.0) < 40);
        // Only what was done to one glacier.
        QTest::mouseClick(part<QToolButton>(window.get(), "historyGlacier"), Qt::LeftButton);
        QTRY_VERIFY(history->item(0)->isHidden());
        QVERIFY(!history->item(1)->isHidden());
        QTest::mouseClick(part<QToolButton>(window.get(), "historyGlacier"), Qt::LeftButton);
        QVERIFY(!history->item(0)->isHidden());
        // Back to the dragged vertex: both reviews go, the vertex stays.
        click(2);
        QTest::mouseClick(part<QPushButton>(window.get(), "historyBack"), Qt::LeftButton);
        QVERIFY2(openDialog("question"), "asked");
        QVERIFY(answer("Go back"));
        QTRY_COMPARE(rows(*window)[0].accepted + rows(*window)[0].doubtful, 0);
        QVERIFY(idle(*window));
        QVERIFY(closed(*window));
        QVERIFY(named(file, "inventory", "Big Glacier")->isChanged);
    }

    void whoSeesOneGlaciersHistoryAloneGoesOnEditingIt() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("one_history.gpkg"));
        QVERIFY(window);
        auto* history = part<QListWidget>(window.get(), "history");
        history->window()->findChild<QDockWidget*>("historyDock")->show();
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(part<QToolButton>(window.get(), "historyGlacier"), Qt::LeftButton);
        QVERIFY(idle(*window));
        for (const auto& [key, step] : {std::pair(Qt::Key_A, "Accept Big Glacier"),
                                        std::pair(Qt::Key_D, "Mark Big Glacier as doubtful")}) {
            QTest::keyClick(window->viewport(), key);
            QTRY_COMPARE(history->item(0)->text(), QString(step));
            QTRY_VERIFY(!history->item(0)->isHidden());
            QVERIFY2(openDialog() == nullptr, "the step was read before it was saved");
        }
        QVERIFY(closed(*window));
    }

    void aProjectOfBeforeOpensWithAnInventoryAndSaysSoOnce() {
        const auto file = m_fixture.path("twice.gpkg");
        std::filesystem::copy_file(std::filesystem::path(NUNATAK_TEST_DATA) / "version_3/twice.gpkg", file);
        {
            const auto window = m_fixture.newWindow();
            QVERIFY(window);
            window->openProject(file);
            QTRY_VERIFY_WITH_TIMEOUT(openDialog("note"), 15000);
            const auto told = qobject_cast<QMessageBox*>(openDialog("note"))->text();
            QVERIFY2(told.contains("inventory"), qPrintable(told));
            picture(*openDialog(), "migrated");
            QTest::keyClick(openDialog(), Qt::Key_Return);
            QTRY_VERIFY(!openDialog("note"));
            QTRY_VERIFY_WITH_TIMEOUT(window->isIdle(), 20000);
            if (auto* problem = openDialog("problem")) { // its scene has no rasters any more
                QTest::keyClick(problem, Qt::Key_Return);
                QTRY_VERIFY(!openDialog());
            }
            window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window.get()));
            QVERIFY(line(*window).startsWith("\u270e"));
            QVERIFY(placeInPanel(*window, "corrected") >= 0);
            const auto glaciers =
                rows(*window)[static_cast<std::size_t>(placeInPanel(*window, "corrected"))].glaciers;
            undo(*window); // what was there twice comes back, and goes again
            QTRY_VERIFY2(window->actions().redo->isEnabled(),
                         qPrintable(openDialog() != nullptr ? qobject_cast<QMessageBox*>(openDialog())->text()
                                                            : window->actions().undo->text()));
            redo(*window);
            QTRY_VERIFY(!window->actions().redo->isEnabled());
            QCOMPARE(rows(*window)[static_cast<std::size_t>(placeInPanel(*window, "corrected"))].glaciers,
                     glaciers);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(placeInPanel(*window, "corrected") >= 0, 15000);
        QTest::qWait(300);
        QVERIFY(!openDialog("note"));
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(InventoryStepsTest)
#include "inventory_steps_test.moc"
