// SPDX-License-Identifier: GPL-3.0-or-later
// What was deleted is listed, looked at and brought back.
#include "editing_words.h"
#include "inventory_fixture.h"

#include <QLabel>
#include <QTreeWidget>

using namespace nunatak;
using namespace nunatak::tests;
using ui::window::MainWindow;

namespace {

QDialog* list(MainWindow& window) {
    auto* dialog = window.findChild<QDialog*>("deletedDialog");
    return dialog != nullptr && dialog->isVisible() ? dialog : nullptr;
}

QTreeWidget* deleted(MainWindow& window) {
    return part<QTreeWidget>(list(window), "deletedList");
}

void openList(MainWindow& window) {
    QTest::keyClick(&window, Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(list(window) != nullptr);
}

/// The list goes, and keys are the window's again.
void closeList(MainWindow& window) {
    QTest::keyClick(list(window), Qt::Key_Escape);
    QTRY_VERIFY(window.findChild<QDialog*>("deletedDialog") == nullptr);
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

void clickLine(MainWindow& window, int row, Qt::KeyboardModifiers with = {}) {
    auto* tree = deleted(window);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, with,
                      tree->visualItemRect(tree->topLevelItem(row)).center());
}

QPushButton* bringBack(MainWindow& window) {
    return part<QPushButton>(list(window), "deletedBringBack");
}

void removeGlacier(MainWindow& window, geo::Point middle, const QString& name) {
    clickAt(window, middle);
    QCOMPARE(selectedName(window), name);
    QTest::keyClick(window.viewport(), Qt::Key_Delete);
    QTRY_COMPARE(lastStep(window), "Delete " + name);
}

outlines::OutlineHandle storedOutline(const std::string& file, const std::string& name) {
    const auto project = project::Project::open(file, project::Access::ReadOnly);
    for (const auto& outline : project->outlines("inventory").all()) {
        if (outline->name == name) {
            return outline;
        }
    }
    return nullptr;
}

} // namespace

class WindowDeletedTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void whatWasDeletedIsListedShownAndBroughtBackInOneStep() {
        const auto file = m_fixture.makeInventory("deleted.gpkg");
        const auto big = storedOutline(file, "Big Glacier");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            openList(*window);
            QCOMPARE(deleted(*window)->topLevelItemCount(), 0);
            QVERIFY(!bringBack(*window)->isEnabled());
            closeList(*window);
            removeGlacier(*window, m_fixture.small(), "Small Glacier");
            removeGlacier(*window, m_fixture.big(), "Big Glacier");
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file); // it is read from the file
        QVERIFY(window);
        openList(*window);
        auto* tree = deleted(*window);
        QCOMPARE(tree->topLevelItemCount(), 2);
        const auto* last = tree->topLevelItem(0);
        QCOMPARE(last->text(0), "Big Glacier");
        QVERIFY2(last->text(1).endsWith("km²"), qPrintable(last->text(1)));
        QCOMPARE(last->text(2), "Delete Big Glacier");
        QVERIFY(!last->text(3).isEmpty());
        QVERIFY(!last->text(4).isEmpty());
        // It is flown to, and its line drawn.
        const auto camera = window->viewport()->cameraState();
        clickLine(*window, 0);
        QTRY_VERIFY(idle(*window));
        QVERIFY(window->viewport()->cameraState() != camera);
        QVERIFY(pixelsOf(*window, QColor(255, 80, 80)) > 50);
        picture(*window, "deleted");
        picture(*list(*window), "deleted_list");
        clickLine(*window, 1, Qt::ControlModifier);
        QTest::mouseClick(bringBack(*window), Qt::LeftButton);
        QTRY_COMPARE(lastStep(*window), "Bring back 2 glaciers");
        QTRY_COMPARE(deleted(*window)->topLevelItemCount(), 0);
        QVERIFY(toast(*window).startsWith("Bring back 2 glaciers."));
        QCOMPARE(pixelsOf(*window, QColor(255, 80, 80)), 0);
        // One step, which undo takes back; they are in the list again, as deleted as before.
        closeList(*window);
        undo(*window);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 0);
        openList(*window);
        QCOMPARE(deleted(*window)->topLevelItemCount(), 2);
        QCOMPARE(deleted(*window)->topLevelItem(0)->text(2), "Delete Big Glacier");
        clickLine(*window, 0);
        QTest::mouseClick(bringBack(*window), Qt::LeftButton);
        QTRY_COMPARE(lastStep(*window), "Bring back Big Glacier");
        QTRY_COMPARE(selectedName(*window), "Big Glacier");
        QVERIFY(closed(*window));
        const auto now = storedOutline(file, "Big Glacier");
        QVERIFY(now && *now == *big); // its date, origin and attributes, too
    }

    void whoseGroundOthersHaveIsToldOf() {
        const auto file = m_fixture.makeInventory("deleted_taken.gpkg");
        {
            const auto project = project::Project::open(file);
            const auto small = [&] {
                for (const auto& outline : project->outlines("inventory").all()) {
                    if (outline->name == "Small Glacier") {
                        return outline;
                    }
                }
                return outlines::OutlineHandle();
            }();
            project->commit({"Delete Small Glacier", {{"inventory", small, nullptr}}, {}, "delete"});
            auto over = WindowFixture::outline("Newer Glacier", m_fixture.small(),
                                               WindowFixture::smallRadius * WindowFixture::pixel + 90);
            over.attributes.clear();
            project->commit({"Draw", {{"inventory", nullptr, outlines::share(std::move(over))}}, {}, "draw"});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        openList(*window);
        QCOMPARE(deleted(*window)->topLevelItemCount(), 1);
        clickLine(*window, 0);
        QTest::mouseClick(bringBack(*window), Qt::LeftButton);
        QTRY_COMPARE(part<QLabel>(list(*window), "deletedSaid")->text(),
                     "Others have all of the ground of Small Glacier by now.");
        picture(*list(*window), "deleted_taken");
        QCOMPARE(lastStep(*window), "Draw");
        QVERIFY(bringBack(*window)->isEnabled());
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowDeletedTest)
#include "window_deleted_test.moc"
