// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do to the view, at a tap and while they are held, with real events.
#include "window_fixture.h"

#include "ui/base/held_key.h"
#include "ui/ground/pointer_panel.h"

#include <QComboBox>
#include <QDockWidget>
#include <QStatusBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

bool landed(MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.viewport()->isFlying(); }, 5000);
}

QImage sharp(MainWindow& window) {
    const bool is = QTest::qWaitFor(
        [&] {
            window.viewport()->grabFramebuffer();
            return window.isIdle() && window.viewport()->isSharp();
        },
        20000);
    return is ? window.viewport()->grabFramebuffer() : QImage();
}

/// How many pixels have the colour of the expert's lines (yellow).
int yellow(const QImage& image, QRect part = {}) {
    int count = 0;
    part = part.isEmpty() ? image.rect() : part.intersected(image.rect());
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x <= part.right(); ++x) {
            const auto color = image.pixelColor(x, y);
            count += std::min(color.red(), color.green()) - color.blue() > 90 ? 1 : 0;
        }
    }
    return count;
}

/// How much neighbouring pixels differ: what is drawn large and coarse is smooth.
double grain(const QImage& image, QRect part) {
    double sum = 0;
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x < part.right(); ++x) {
            sum += std::abs(image.pixelColor(x + 1, y).lightness() - image.pixelColor(x, y).lightness());
        }
    }
    return sum / part.width() / part.height();
}

/// A press as the keyboard makes it while the key stays down.
void repeat(QWidget* widget, Qt::Key key, const QString& text) {
    for (int i = 0; i < 5; ++i) {
        QTest::simulateEvent(widget, false, key, Qt::NoModifier, text, true);
        QTest::simulateEvent(widget, true, key, Qt::NoModifier, text, true);
    }
}

/// What is seen of the view, with what stands over it.
QImage seen(MainWindow& window) {
    if (sharp(window).isNull()) {
        return {};
    }
    QApplication::processEvents();
    return window.viewport()->grab().toImage();
}

void moveTo(MainWindow& window, QPointF at) {
    moveHeld(*window.viewport(), at, Qt::NoButton);
}

constexpr int longPress = 400; // milliseconds: no tap any more

} // namespace

class WindowHandTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void digitsChooseThePictureAndSayWhereItCannotBe() {
        const auto file = m_fixture.makeProject("digits.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        const auto shown = [view] { return QString::fromStdString(view->drapeStyle().composite.name); };
        QCOMPARE(shown(), QString("natural"));
        const auto natural = sharp(*window);
        QTest::keyClick(view, Qt::Key_2);
        QCOMPARE(shown(), QString("infrared"));
        QVERIFY(window->action("pictureInfrared")->isChecked());
        QVERIFY(!window->action("pictureNatural")->isChecked());
        QCOMPARE(part<QToolButton>(window.get(), "composite")->text(), QString("Infrared"));
        QTest::keyClick(view, Qt::Key_3); // the scene has no SWIR1
        QCOMPARE(shown(), QString("infrared"));
        QCOMPARE(window->statusBar()->currentMessage(),
                 QString("This scene cannot show Ice: that takes SWIR1, NIR and red."));
        QVERIFY(!window->action("pictureIce")->isChecked());
        QTest::keyClick(view, Qt::Key_4);
        QCOMPARE(shown(), QString("infrared"));
        QVERIFY(window->statusBar()->currentMessage().contains("NDSI"));
        QTest::keyClick(view, Qt::Key_5);
        QCOMPARE(shown(), QString("hillshade"));
        QVERIFY(sharp(*window) != natural);
        // The own bands begin with what is seen, and are those that were chosen last from then on.
        QTest::keyClick(view, Qt::Key_2);
        QTest::keyClick(view, Qt::Key_6);
        QCOMPARE(shown(), QString("bands"));
        QCOMPARE(view->drapeStyle().composite.bands[0], std::string("nir"));
        auto* red = part<QComboBox>(window.get(), "pictureRed");
        red->setCurrentIndex(red->findData("blue"));
        Q_EMIT red->activated(red->currentIndex());
        QTest::keyClick(view, Qt::Key_1);
        QCOMPARE(shown(), QString("natural"));
        QTest::keyClick(view, Qt::Key_6);
        QCOMPARE(view->drapeStyle().composite.bands[0], std::string("blue"));
        QTest::keyClick(view, Qt::Key_1);
        QVERIFY(closed(*window));
        const auto again = m_fixture.openWindow(file);
        QVERIFY(again);
        QTest::keyClick(again->viewport(), Qt::Key_6);
        QCOMPARE(again->viewport()->drapeStyle().composite.bands[0], std::string("blue"));
    }

    void aTapOfLHidesAllOutlinesAndAnotherShowsThem() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("lines.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        QVERIFY(yellow(sharp(*window)) > 100);
        QTest::keyClick(view, Qt::Key_L);
        QVERIFY(!view->outlinesShown());
        QCOMPARE(yellow(view->grabFramebuffer()), 0);
        QVERIFY(
            part<QLabel>(window.get(), "inventoryText")->accessibleName().endsWith("outlines hidden (L)"));
        // What is not seen is not taken hold of.
        clickAt(*window, m_fixture.big());
        QCOMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString());
        QCOMPARE(window->statusBar()->currentMessage(), QString("The outlines are hidden; L shows them."));
        // A saved picture has them all the same.
        QVERIFY(yellow(view->picture({500, 400})) > 50);
        QTest::keyClick(view, Qt::Key_L);
        QVERIFY(view->outlinesShown());
        QVERIFY(yellow(view->grabFramebuffer()) > 100);
        QVERIFY(!part<QLabel>(window.get(), "inventoryText")->accessibleName().contains("hidden"));
        clickAt(*window, m_fixture.big());
        QCOMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString("Big Glacier"));
        window->action("hideOutlines")->trigger();
        QVERIFY(!view->outlinesShown());
    }

    void lHeldHidesThemOnlyAsLong() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("held.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        QVERIFY(sharp(*window).width() > 0);
        QTest::keyPress(view, Qt::Key_L);
        QCOMPARE(yellow(view->grabFramebuffer()), 0); // at once
        repeat(view, Qt::Key_L, "l");
        QVERIFY(!view->outlinesShown()); // that the key repeats itself is no tap
        QTest::qWait(longPress);
        repeat(view, Qt::Key_L, "l");
        QVERIFY(!view->outlinesShown());
        QTest::keyRelease(view, Qt::Key_L);
        QVERIFY(view->outlinesShown());
        QVERIFY(yellow(view->grabFramebuffer()) > 100);
    }

    void whatIsHeldEndsWhenTheWindowLosesTheKeyboard() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("focus.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        moveTo(*window, placeOf(*window, m_fixture.big()));
        QTest::keyPress(view, Qt::Key_L);
        QTest::keyPress(view, Qt::Key_Z);
        QVERIFY(!view->outlinesShown() && view->hasLoupe());
        QWidget other;
        other.show();
        QVERIFY(QTest::qWaitForWindowExposed(&other));
        other.raise();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QVERIFY(view->outlinesShown());
        QVERIFY(!view->hasLoupe());
        // The releases that come after all do nothing more.
        QTest::keyRelease(view, Qt::Key_L);
        QTest::keyRelease(view, Qt::Key_Z);
        QVERIFY(view->outlinesShown());
        other.close();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QTest::keyClick(view, Qt::Key_L);
        QVERIFY(!view->outlinesShown());
    }

    void pShowsTheBandsBeforeWhereThereIsNoDateBefore() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("bands.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        const auto shown = [view] { return QString::fromStdString(view->drapeStyle().composite.name); };
        QTest::keyPress(view, Qt::Key_P);
        QVERIFY(window->statusBar()->currentMessage().startsWith("There is no picture before this one"));
        QVERIFY(!window->action("pictureBefore")->isChecked());
        QTest::keyRelease(view, Qt::Key_P);
        QTest::keyClick(view, Qt::Key_5);
        QCOMPARE(shown(), QString("hillshade"));
        QTest::keyPress(view, Qt::Key_P);
        QCOMPARE(shown(), QString("natural"));
        repeat(view, Qt::Key_P, "p");
        QCOMPARE(shown(), QString("natural"));
        QTest::keyRelease(view, Qt::Key_P);
        QCOMPARE(shown(), QString("hillshade"));
        // A tap shows next to nothing: what to do is said.
        QCOMPARE(window->statusBar()->currentMessage(), QString("Hold P to see the picture before."));
        // Looking back is no choice: the one before stays the same.
        QTest::keyPress(view, Qt::Key_P);
        QCOMPARE(shown(), QString("natural"));
        QTest::keyRelease(view, Qt::Key_P);
        QCOMPARE(shown(), QString("hillshade"));
    }

    void zShowsTheGroundFourTimesAsLargeWithItsLines() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("loupe.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        // So far away that pixels of the scene cannot be told from each other.
        auto camera = view->camera();
        camera.viewHeight *= 4;
        QVERIFY(view->restoreCamera(camera.toText()));
        const auto bare = seen(*window);
        const auto edge = geo::Point{m_fixture.big().x + WindowFixture::bigRadius * WindowFixture::pixel,
                                     m_fixture.big().y};
        const QPoint at = placeOf(*window, edge);
        moveTo(*window, at);
        const QRect inside(at - QPoint(80, 80), QSize(160, 160));
        QTest::keyPress(view, Qt::Key_Z);
        const auto loupe = seen(*window);
        picture(*window, "loupe");
        QVERIFY(loupe.width() > 0);
        // Its own lines are there, no magnified ones: so wide as elsewhere, four times as long.
        QVERIFY(yellow(loupe, inside) > 80);
        const QRect ice(at - QPoint(80, 30), QSize(50, 60));
        const QRect same(at - QPoint(20, 7), QSize(12, 15));
        const auto magnified =
            bare.copy(same).scaled(ice.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        QVERIFY2(
            grain(loupe, ice) > 1.5 * grain(magnified, magnified.rect().adjusted(2, 2, -2, -2)),
            qPrintable(
                QString("%1 against %2").arg(grain(loupe, ice)).arg(grain(magnified, magnified.rect()))));
        // What is in its middle is what is under the pointer, and stays so where that goes.
        const auto line = [&](const QImage& image, QPoint middle) {
            return yellow(image, QRect(middle - QPoint(4, 4), QSize(9, 9)));
        };
        QVERIFY2(line(loupe, at) > 3, qPrintable(QString::number(line(loupe, at)))); // dashes, a pixel wide
        const QPoint aside = at + QPoint(20, 0);
        moveTo(*window, aside);
        const auto moved = seen(*window);
        QCOMPARE(line(moved, aside), 0);
        QVERIFY(line(moved, aside - QPoint(80, 0)) > 3); // four times as far away
        // The pointer does what it does without.
        QTest::mouseClick(view, Qt::LeftButton, {}, at - QPoint(8, 0));
        QCOMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString("Big Glacier"));
        repeat(view, Qt::Key_Z, "z");
        QVERIFY(view->hasLoupe());
        QTest::qWait(static_cast<int>(ui::HeldKey::longestTap.count()) + 20);
        QTest::keyRelease(view, Qt::Key_Z);
        QVERIFY(!view->hasLoupe());
        QVERIFY(!window->statusBar()->currentMessage().startsWith("Hold Z")); // it was used
        QTest::keyClick(view, Qt::Key_Z);
        QCOMPARE(window->statusBar()->currentMessage(), QString("Hold Z to look through the loupe."));
        QTRY_VERIFY(view->findChild<QWidget*>("loupeGlass") == nullptr);
    }

    void altAndLeftLeadBackToTheViewBefore() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("back.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        const auto back = [&] {
            QTest::keyClick(view, Qt::Key_Left, Qt::AltModifier);
            return landed(*window);
        };
        QVERIFY(landed(*window));
        clickAt(*window, m_fixture.small());
        const auto first = view->cameraState();
        QTest::keyClick(view, Qt::Key_F);
        QVERIFY(landed(*window));
        const auto second = view->cameraState();
        QVERIFY(second != first);
        QTest::keyClick(view, Qt::Key_PageDown);
        QVERIFY(landed(*window));
        for (int i = 0; i < 6; ++i) { // one go
            QTest::keyClick(view, Qt::Key_Plus);
        }
        QTest::keyClick(view, Qt::Key_Home);
        QVERIFY(landed(*window));
        QVERIFY(back()); // the view that was zoomed into
        QVERIFY(back()); // where that began
        QVERIFY(back());
        QCOMPARE(view->cameraState(), second);
        QVERIFY(back());
        QCOMPARE(view->cameraState(), first);
        for (int i = 0; i < 9; ++i) {
            QVERIFY(back());
        }
        QCOMPARE(window->statusBar()->currentMessage(), QString("There is no view before this one."));
    }

    void oLooksUpTheSelectedGlacier() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("up.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        for (const auto& glacier : {m_fixture.big(), m_fixture.small()}) {
            QTest::keyClick(view, Qt::Key_N);
            QVERIFY(landed(*window));
            view->frame(m_fixture.grid().extent(), false);
            clickAt(*window, glacier);
            QTest::keyClick(view, Qt::Key_O);
            QVERIFY(landed(*window));
            const auto& camera = view->camera();
            QVERIFY(camera.tilt > 40);
            // Ahead of the eye the glacier rises, and less so to either side.
            const auto rise = [&](double degrees) {
                const double angle = (camera.heading + degrees) * 3.14159265358979 / 180;
                const double way = 350;
                const geo::Point away{way * std::sin(angle), way * std::cos(angle)};
                return view->terrain()->heightAt({glacier.x + away.x, glacier.y + away.y}) -
                       view->terrain()->heightAt({glacier.x - away.x, glacier.y - away.y});
            };
            QVERIFY2(rise(0) > 20, qPrintable(QString::number(rise(0))));
            QVERIFY(std::abs(rise(90)) < 0.5 * rise(0));
            const auto middle = view->project(glacier);
            QVERIFY(middle && QRectF(view->rect()).contains(*middle));
        }
        // Without one it only tilts.
        QTest::keyClick(view, Qt::Key_Escape);
        QTRY_COMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString());
        QTest::keyClick(view, Qt::Key_N);
        QVERIFY(landed(*window));
        QTest::keyClick(view, Qt::Key_O);
        QVERIFY(landed(*window));
        QCOMPARE(view->camera().heading, 0.0);
    }

    void redoHasTwoKeys() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("redo.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        window->action("startInventory")->trigger();
        QTRY_VERIFY(window->actions().undo->isEnabled());
        QTRY_VERIFY(window->isIdle());
        clickAt(*window, m_fixture.small());
        QTest::keyClick(view, Qt::Key_A);
        QTRY_VERIFY(window->actions().undo->text().contains("accepted", Qt::CaseInsensitive) ||
                    window->actions().undo->text().contains("Accept", Qt::CaseInsensitive));
        const auto step = window->actions().undo->text();
        for (const auto& [key, modifiers] : {std::pair(Qt::Key_Y, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                             std::pair(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier)}) {
            QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
            QTRY_VERIFY(window->actions().redo->isEnabled());
            QTRY_VERIFY(window->actions().undo->text() != step);
            QTest::keyClick(view, key, modifiers);
            QTRY_COMPARE(window->actions().undo->text(), step);
        }
    }

    void underThePointerALayerHasItsTitle() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("title.gpkg"));
        QVERIFY(window);
        window->action("startInventory")->trigger();
        auto* text = part<QLabel>(window.get(), "inventoryText");
        QTRY_VERIFY(text->text().contains("Inventory"));
        auto* panel = window->findChild<ui::ground::PointerPanel*>();
        part<QDockWidget>(window.get(), "pointerDock")->raise();
        moveTo(*window, *window->viewport()->project(m_fixture.big()));
        const auto title = text->text().section(QString::fromUtf8(" · "), 0, 0).mid(2);
        QVERIFY2(title.startsWith("Inventory "), qPrintable(title));
        QTRY_COMPARE(panel->value(title), QString("Big Glacier"));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowHandTest)
#include "window_hand_test.moc"
