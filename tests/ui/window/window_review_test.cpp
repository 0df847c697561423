// SPDX-License-Identifier: GPL-3.0-or-later
// Going through glaciers and saying what is found, with real keys; what the window shows of it.
#include "inventory_fixture.h"
#include "window_fixture.h"

#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_panel.h"
#include "ui/marginalia/legend_box.h"
#include "ui/marginalia/view_overlay.h"

#include <QAbstractButton>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QPointer>
#include <QStatusBar>
#include <QTreeWidget>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;
using outlines::Review;

namespace {

QAction* actionOf(ui::window::MainWindow& window, const char* name) {
    return window.findChild<QAction*>(QString::fromLatin1(name));
}

QString reviewShown(ui::window::MainWindow& window) {
    return window.findChild<ui::layers::InspectorPanel*>()->value("Review");
}

QString glacierShown(ui::window::MainWindow& window) {
    return window.findChild<QLabel*>("glacierName")->text();
}

QString tipOf(ui::window::MainWindow& window, const QString& layer) {
    const auto found = window.findChild<QTreeWidget*>("layers")->findItems(layer, Qt::MatchExactly);
    return found.isEmpty() ? QString() : found.front()->toolTip(0);
}

QStringList legendOf(ui::window::MainWindow& window) {
    QStringList names;
    for (const auto& sample : window.findChild<ui::marginalia::ViewOverlay*>()->reviews()) {
        names << sample.name;
    }
    return names;
}

void press(ui::window::MainWindow& window, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window.viewport(), key, modifiers);
}

bool landed(ui::window::MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.viewport()->isFlying() && window.isIdle(); }, 5000);
}

std::map<std::string, Review> reviewsIn(const std::string& file, const std::string& layer) {
    std::map<std::string, Review> reviews;
    for (const auto& outline : stored(file, layer)) {
        reviews[outline->name] = outline->review;
    }
    return reviews;
}

} // namespace

class WindowReviewTest : public QObject {
    Q_OBJECT

    InventoryFixture m_fixture;

private Q_SLOTS:
    void aKeyAcceptsTheSelectedGlacierAndAnotherTakesItBack() {
        const auto file = m_fixture.makeInventory("accept.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(!actionOf(*window, "acceptOutline")->isEnabled());
            clickAt(*window, m_fixture.big());
            QCOMPARE(reviewShown(*window), QString("not reviewed"));
            QVERIFY(actionOf(*window, "acceptOutline")->isEnabled());
            press(*window, Qt::Key_A);
            QCOMPARE(reviewShown(*window), QString("accepted"));
            QCOMPARE(glacierShown(*window), QString("Big Glacier"));
            QCOMPARE(window->findChild<QListWidget*>("history")->item(0)->text(),
                     QString("Accept Big Glacier"));
            QVERIFY(window->statusBar()->currentMessage().contains("1 of 2 reviewed"));
            press(*window, Qt::Key_D);
            QCOMPARE(reviewShown(*window), QString("doubtful"));
            press(*window, Qt::Key_A, Qt::ShiftModifier);
            QCOMPARE(reviewShown(*window), QString("not reviewed"));
            press(*window, Qt::Key_Z, Qt::ControlModifier);
            QCOMPARE(reviewShown(*window), QString("doubtful"));
            QVERIFY(closed(*window));
        }
        QVERIFY(reviewsIn(file, "inventory").at("Big Glacier") == Review::Doubtful);
        QVERIFY(reviewsIn(file, "expert").at("Big Glacier") == Review::NotReviewed);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QCOMPARE(reviewShown(*window), QString("doubtful"));
        press(*window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(reviewShown(*window), QString("accepted"));
        QVERIFY(closed(*window));
    }

    void theNextOneToReviewIsFoundInTheLayerThatIsGoneThrough() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("next.gpkg"));
        QVERIFY(window);
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QCOMPARE(glacierShown(*window), QString("Big Glacier"));
        QVERIFY(window->statusBar()->currentMessage().contains("Not reviewed, 1 of 2 in the queue"));
        press(*window, Qt::Key_R, Qt::ShiftModifier); // round to the last one
        QVERIFY(landed(*window));
        QCOMPARE(glacierShown(*window), QString("Small Glacier"));
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QCOMPARE(glacierShown(*window), QString("Big Glacier"));
        press(*window, Qt::Key_A);
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QCOMPARE(glacierShown(*window), QString("Small Glacier"));
        press(*window, Qt::Key_D);
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QVERIFY(window->statusBar()->currentMessage().contains("Every glacier"));
        QVERIFY(closed(*window));
    }

    void whatIsSaidOfTheProgressStaysTrueWhenGlaciersGoAndComeBack() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("stale.gpkg"));
        QVERIFY(window);
        const auto said = [&] { return window->statusBar()->currentMessage(); };
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QVERIFY2(said().contains("0 of 2 reviewed"), qPrintable(said()));
        press(*window, Qt::Key_Delete);
        QVERIFY2(said().contains("0 of 1 reviewed"), qPrintable(said()));
        press(*window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY2(said().contains("0 of 2 reviewed"), qPrintable(said()));
        QVERIFY(closed(*window));
    }

    void theLayerSaysHowManyAreReviewedAndTheLegendWhichReviewsThereAre() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("progress.gpkg"));
        QVERIFY(window);
        auto* legend = window->findChild<ui::marginalia::LegendBox*>("legend");
        QVERIFY(!legend->isVisible());
        QVERIFY(tipOf(*window, "expert").contains("a reference"));
        clickAt(*window, m_fixture.big());
        press(*window, Qt::Key_A);
        QVERIFY(tipOf(*window, "Inventory 2019").contains("1 of 2 reviewed: 1 accepted, 0 doubtful"));
        QVERIFY(tipOf(*window, "expert").contains("a reference"));
        QVERIFY(legend->isVisible());
        QCOMPARE(legendOf(*window), QStringList({"accepted", "as it came"}));
        clickAt(*window, m_fixture.small());
        press(*window, Qt::Key_D);
        // Lines of the expert's layer, which is a reference, are there as well.
        QCOMPARE(legendOf(*window), QStringList({"accepted", "doubtful"}));
        QTest::mouseMove(window->viewport(), placeOf(*window, m_fixture.rock()));
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "review");
        press(*window, Qt::Key_Z, Qt::ControlModifier);
        press(*window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!legend->isVisible());
        QVERIFY(closed(*window));
    }

    void nothingCanBeSaidInAProjectThatIsOpenReadOnly() {
        const auto file = m_fixture.makeInventory("readonly.gpkg");
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("question"), 15000);
        for (auto* button : openDialog("question")->findChildren<QAbstractButton*>()) {
            if (button->text().remove('&') == "Open read-only") {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && window->viewport()->terrain(), 20000);
        window->viewport()->setView(Viewport::View::Nadir);
        window->viewport()->frame(m_fixture.grid().extent(), false);
        window->viewport()->grabFramebuffer();
        clickAt(*window, m_fixture.big());
        QCOMPARE(glacierShown(*window), QString("Big Glacier"));
        window->activateWindow(); // the question had the keyboard
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        press(*window, Qt::Key_A);
        const auto* note = window->viewport()->findChild<QLabel*>("pointerNote");
        QVERIFY(note->isVisible());
        QCOMPARE(note->text(), QString("The project is read-only."));
        QCOMPARE(reviewShown(*window), QString("not reviewed"));
        QVERIFY(actionOf(*window, "nextUnreviewed")->isEnabled());
        QVERIFY(closed(*window));
        QVERIFY(reviewsIn(file, "inventory").at("Big Glacier") == Review::NotReviewed);
    }

    void theGlacierUnderThePointerStandsOut() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("hover.gpkg"));
        QVERIFY(window);
        auto* viewport = window->viewport();
        QTest::mouseMove(viewport, placeOf(*window, m_fixture.rock()));
        QTRY_VERIFY(viewport->isSharp());
        const auto before = viewport->grabFramebuffer();
        QTest::mouseMove(viewport, placeOf(*window, m_fixture.big()));
        QTRY_VERIFY(viewport->grabFramebuffer() != before);
        picture(*window, "hover");
        QTest::mouseMove(viewport, placeOf(*window, m_fixture.rock()));
        QTRY_COMPARE(viewport->grabFramebuffer(), before);
        QVERIFY(closed(*window));
    }

    void outlinesBehindMountainsAreShownAtWillAndRemembered() {
        const auto file = m_fixture.makeProject("behind.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(!window->viewport()->hiddenOutlinesShown());
            press(*window, Qt::Key_H);
            QVERIFY(window->viewport()->hiddenOutlinesShown());
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(window->viewport()->hiddenOutlinesShown());
        QVERIFY(actionOf(*window, "hiddenOutlines")->isChecked());
        // Another project is looked at as it was.
        const auto other = m_fixture.makeProject("other.gpkg");
        window->openProject(other);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && !window->viewport()->hiddenOutlinesShown(), 20000);
        QVERIFY(!actionOf(*window, "hiddenOutlines")->isChecked());
        QVERIFY(closed(*window));
    }

    void whatTheModelIsSureOfIsCountedLiveAndAcceptedAsOneStep() {
        const auto file = m_fixture.makeBare("sure.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(predicts(*window)); // and an inventory is started from it
        const int glaciers =
            placeInPanel(*window, "inventory") >= 0
                ? rows(*window)[static_cast<std::size_t>(placeInPanel(*window, "inventory"))].glaciers
                : 0;
        QVERIFY(glaciers > 0);
        actionOf(*window, "acceptSure")->trigger();
        const auto open = [&] { return window->findChild<QDialog*>("acceptDialog"); };
        QTRY_VERIFY(open() != nullptr);
        QPointer<QDialog> dialog = open();
        const auto count = [&] { return dialog->findChild<QLabel*>("acceptCount")->text(); };
        QTRY_VERIFY2(count().contains(QString(" of %1 glaciers, ").arg(glaciers)), qPrintable(count()));
        auto* sure = dialog->findChild<QDoubleSpinBox*>("acceptAbove");
        sure->setValue(0);
        QTRY_VERIFY2(count().startsWith(QString("%1 of ").arg(glaciers)), qPrintable(count()));
        // The fixture's model is none that was calibrated.
        QVERIFY(dialog->findChild<QLabel*>("acceptMeaning")->text().contains("least sure twentieth"));
        picture(*window, "accept-sure");
        auto* accept = dialog->findChild<QPushButton*>("acceptDo");
        QVERIFY2(accept->text().startsWith("Accept "), qPrintable(accept->text()));
        QTest::mouseClick(accept, Qt::LeftButton);
        QTRY_VERIFY(open() == nullptr);
        QTRY_VERIFY2(window->findChild<QListWidget*>("history")->item(0)->text().contains("by confidence"),
                     qPrintable(window->findChild<QListWidget*>("history")->item(0)->text()));
        QVERIFY2(toast(*window).startsWith(QString("Accepted: %1 of ").arg(glaciers)),
                 qPrintable(toast(*window)));
        // Nobody's verdict is given again.
        actionOf(*window, "acceptSure")->trigger();
        QTRY_VERIFY(open() != nullptr);
        dialog = open();
        QTRY_VERIFY2(count().startsWith("0 of "), qPrintable(count()));
        QVERIFY(!dialog->findChild<QPushButton*>("acceptDo")->isEnabled());
        dialog->close();
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            QVERIFY(outline->review == Review::Accepted);
            QCOMPARE(outline->reviewRecord.note, std::string("by confidence, at least 0 % sure"));
        }
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowReviewTest)
#include "window_review_test.moc"
