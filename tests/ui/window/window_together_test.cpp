// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that are nearly one are brought together after it was said what would change, in the real window.
#include "checks_fixture.h"

#include "exchange/outline_files.h"
#include "ui/exchange/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QTreeWidget>

using namespace nunatak;
using namespace nunatak::tests;

class WindowTogetherTest : public QObject {
    Q_OBJECT

    ChecksFixture m_fixture;

private Q_SLOTS:
    void linesAreBroughtTogetherAfterItWasSaidWhatWouldChange() {
        const auto file = m_fixture.makeWrong("together.gpkg");
        const auto window = m_fixture.opened(file);
        QVERIFY(window);
        const int before = steps(*window);
        QTest::keyClick(window->viewport(), Qt::Key_F9, Qt::ShiftModifier);
        QVERIFY(snapDialog(*window));
        QTRY_VERIFY2(summary(*window).startsWith(
                         "2 vertices move, and 0 come, in 1 of 4 glaciers. No line moves by more than 3 m."),
                     qPrintable(summary(*window)));
        auto* changes = part<QTreeWidget>(snapDialog(*window), "snapChanges");
        QCOMPARE(changes->topLevelItemCount(), 1);
        QCOMPARE(changes->topLevelItem(0)->child(0)->text(0), "East");
        QVERIFY2(changes->topLevelItem(0)->child(0)->text(2).startsWith("+2,4") ||
                     changes->topLevelItem(0)->child(0)->text(2).startsWith("+24"),
                 qPrintable(changes->topLevelItem(0)->child(0)->text(2)));
        QCOMPARE(steps(*window), before); // nothing was done yet
        picture(*snapDialog(*window), "snap_dialog");
        auto* tolerance = part<QDoubleSpinBox>(snapDialog(*window), "snapTolerance");
        auto* button = part<QPushButton>(snapDialog(*window), "snapDo");
        typeNumber(tolerance, "1");
        QVERIFY(!button->isEnabled()); // what is listed is of another tolerance
        QTRY_COMPARE(summary(*window), "Nothing to bring together within 1 m.");
        QVERIFY(!button->isEnabled());
        typeNumber(tolerance, "5");
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!snapDialog(*window));
        QCOMPARE(steps(*window), before + 1);
        QCOMPARE(lastStep(*window), "Bring boundaries together within 5 m");
        QVERIFY2(toast(*window).contains("2 vertices moved"), qPrintable(toast(*window)));
        clickToast(*window);
        QVERIFY(closed(*window));
        QVERIFY(named(file, "inventory", "East")->geometry == named(file, "expert", "East")->geometry);
    }

    void anEditMeanwhileIsLookedAtBeforeAnythingIsDone() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("meanwhile.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_F9, Qt::ShiftModifier);
        QTRY_VERIFY(summary(*window).startsWith("2 vertices move"));
        clickAt(*window, {m_fixture.big().x + 250, m_fixture.big().y}); // East
        QTest::keyClick(window->viewport(), Qt::Key_Delete);
        QTRY_COMPARE(summary(*window), "Nothing to bring together within 5 m.");
        undo(*window);
        QTRY_VERIFY(summary(*window).startsWith("2 vertices move"));
        QVERIFY(closed(*window));
    }

    void ofSelectedGlaciersOnlyTheseComeTogether() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("selected.gpkg"));
        QVERIFY(window);
        const geo::Point m = m_fixture.big();
        clickAt(*window, {m.x - 300, m.y});
        QTest::mouseClick(window->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          placeOf(*window, {m.x - 300, m.y + 600})); // North
        QTest::keyClick(window->viewport(), Qt::Key_F9, Qt::ShiftModifier);
        auto* which = part<QComboBox>(snapDialog(*window), "snapWhich");
        QCOMPARE(which->currentText(), "The 2 selected ones, to one another");
        QTRY_COMPARE(summary(*window), "Nothing to bring together within 5 m.");
        which->setCurrentIndex(0);
        Q_EMIT which->activated(0); // as a hand does
        QTRY_VERIFY(summary(*window).startsWith("2 vertices move"));
        QVERIFY(closed(*window));
    }

    void afterAnImportItIsOfferedOnceWhereLinesAreNearlyOne() {
        exchange::writeOutlines(m_fixture.glaciers(), m_fixture.grid().crs, m_fixture.path("near.gpkg"));
        exchange::writeOutlines(
            {m_fixture.box("Alone", 900, -400, 1200, 400), m_fixture.box("Far", 1400, -400, 1500, 400)},
            m_fixture.grid().crs, m_fixture.path("apart.gpkg"));
        const auto window = m_fixture.opened(m_fixture.makeBare("offer.gpkg"));
        QVERIFY(window);
        const auto imports = [&](const char* file, const QString& layer) {
            if (auto* note = openDialog("note"); note != nullptr) {
                QTest::keyClick(note, Qt::Key_Return);
            }
            window->activateWindow(); // without a window manager nobody does after a dialog
            QVERIFY(QTest::qWaitForWindowActive(window.get()));
            QTest::keyClick(window.get(), Qt::Key_I, Qt::ControlModifier);
            QVERIFY(
                QTest::qWaitFor([&] { return window->findChild<ui::exchange::ImportDialog*>() != nullptr; }));
            auto* dialog = window->findChild<ui::exchange::ImportDialog*>();
            QTest::keyClicks(dialog->findChild<QWidget*>("importFile")->findChild<QLineEdit*>(),
                             m_fixture.qpath(file));
            QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>(dialog, "importSummary")->text().contains("come in"),
                                     20000);
            auto* name = dialog->findChild<QComboBox*>("importLayer")->lineEdit();
            name->selectAll();
            QTest::keyClicks(name, layer);
            auto* button = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
            QTRY_VERIFY(button->isEnabled());
            QTest::mouseClick(button, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(
                window->findChild<ui::exchange::ImportDialog*>() == nullptr && window->isIdle(), 20000);
        };
        imports("apart.gpkg", "apart");
        QTRY_VERIFY(placeInPanel(*window, "apart") >= 0);
        QVERIFY(idle(*window));
        QCOMPARE(toast(*window), QString()); // there is nothing to say
        imports("near.gpkg", "near");
        QTRY_VERIFY_WITH_TIMEOUT(!toast(*window).isEmpty(), 20000);
        QCOMPARE(toast(*window), "near: lines of two neighbours are nearly one, up to 3 m apart.");
        picture(*window, "snap_offer");
        if (auto* note = openDialog("note"); note != nullptr) {
            QTest::keyClick(note, Qt::Key_Return);
        }
        clickToast(*window);
        QVERIFY(snapDialog(*window));
        QTRY_VERIFY(summary(*window).startsWith("2 vertices move"));
        QVERIFY(!part<QPushButton>(snapDialog(*window), "snapDo")->isEnabled()); // a reference
        QVERIFY(part<QLabel>(snapDialog(*window), "snapLock")->text().contains("near is a reference"));
        picture(*snapDialog(*window), "snap_dialog_reference");
        QTest::mouseClick(part<QPushButton>(snapDialog(*window), "snapStartInventory"), Qt::LeftButton);
        QTRY_VERIFY(summary(*window).startsWith("2 vertices move")); // of the inventory
        QTRY_VERIFY(snapDialog(*window) && part<QPushButton>(snapDialog(*window), "snapDo")->isEnabled());
        QTest::mouseClick(part<QPushButton>(snapDialog(*window), "snapDo"), Qt::LeftButton);
        QTRY_VERIFY(lastStep(*window).startsWith("Bring boundaries together"));
        QVERIFY(closed(*window));
    }

    void afterAnInventoryIsStartedItIsOfferedWhenTheToastBeforeHasGone() {
        const auto window = m_fixture.opened(m_fixture.makeWrong("started.gpkg", false));
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_I, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(toast(*window).contains("can be edited now"), 10000);
        QVERIFY(idle(*window));
        QVERIFY(toast(*window).contains("can be edited now")); // it is not spoken over
        QTRY_VERIFY_WITH_TIMEOUT(toast(*window).contains("nearly one"), 15000);
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowTogetherTest)
#include "window_together_test.moc"
