// SPDX-License-Identifier: GPL-3.0-or-later
// Lines drawn anew in the window, with the events of a mouse, a trackpad and a pen.
#include "pen_and_fingers.h"
#include "window_fixture.h"

#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "ui/editing/hint_line.h"

#include <QListWidget>

#include <map>
#include <numbers>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

QString note(MainWindow& window) {
    const auto* label = window.viewport()->findChild<QLabel*>("pointerNote");
    return label->isVisible() ? label->text() : QString();
}

QString lastStep(MainWindow& window) {
    return part<QListWidget>(&window, "history")->item(0)->text();
}

QString hint(MainWindow& window) {
    return window.viewport()->findChild<ui::editing::HintLine*>()->words();
}

bool isAt(MainWindow& window, const char* tool) {
    return window.action(tool)->isChecked();
}

/// Places between those of a way, as close as a hand that moves tells them.
std::vector<QPointF> pathOf(const std::vector<QPoint>& way) {
    std::vector<QPointF> path;
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
        for (int k = 0; k < 12; ++k) {
            path.push_back(QPointF(way[i]) + QPointF(way[i + 1] - way[i]) * k / 12);
        }
    }
    path.emplace_back(way.back());
    return path;
}

void move(MainWindow& window, QPointF at, Qt::MouseButtons buttons) {
    auto* view = window.viewport();
    moveHeld(*view, at, buttons);
}

/// Presses at the first place and leads the mouse along the others, still held.
void lead(MainWindow& window, const std::vector<QPoint>& way) {
    QTest::mousePress(window.viewport(), Qt::LeftButton, {}, way.front());
    for (const QPointF at : pathOf(way)) {
        move(window, at, Qt::LeftButton);
    }
}

void draw(MainWindow& window, const std::vector<QPoint>& way) {
    lead(window, way);
    QTest::mouseRelease(window.viewport(), Qt::LeftButton, {}, way.back());
}

void drawWithPen(MainWindow& window, const std::vector<QPoint>& way,
                 QPointingDevice::PointerType end = QPointingDevice::PointerType::Pen) {
    dragPen(window.viewport(), pathOf(way), end);
}

} // namespace

class WindowRedrawTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    /// A place around the middle of the big glacier, in the view: degrees from east, shares of its radius.
    QPoint around(MainWindow& window, double degrees, double share) const {
        const double angle = degrees * std::numbers::pi / 180;
        const double away = share * WindowFixture::bigRadius * WindowFixture::pixel;
        return placeOf(
            window, {m_fixture.big().x + away * std::cos(angle), m_fixture.big().y + away * std::sin(angle)});
    }

    /// Out of the glacier, along its side and in again.
    std::vector<QPoint> bulge(MainWindow& window) const {
        return {around(window, -40, 0.8), around(window, -40, 1.3), around(window, -10, 1.35),
                around(window, 20, 1.3), around(window, 20, 0.8)};
    }

    double area(const std::string& file) const {
        for (const auto& outline : stored(file, "inventory")) {
            if (outline->name == "Big Glacier") {
                return geo::invalidReason(outline->geometry).empty() ? geo::planarArea(outline->geometry)
                                                                     : -1;
            }
        }
        return 0;
    }
    /// The big glacier cut into halves along a line that both have, as an inventory.
    std::string makeDivided(const char* name) const {
        const double radius = WindowFixture::bigRadius * WindowFixture::pixel;
        const geo::Point middle = m_fixture.big();
        auto west = WindowFixture::outline("West Glacier", middle, radius);
        auto east = WindowFixture::outline("East Glacier", middle, radius);
        const geo::Ring divide{
            {middle.x, middle.y - radius}, {middle.x + 60, middle.y}, {middle.x, middle.y + radius}};
        west.geometry = {{{divide[0], divide[1], divide[2], {middle.x - radius, middle.y}}, {}}};
        east.geometry = {{{divide[2], divide[1], divide[0], {middle.x + radius, middle.y}}, {}}};
        auto project = project::Project::create(m_fixture.path(name), m_fixture.grid().crs);
        project->addScene(scene::loadScene(m_fixture.path("scene.json")));
        project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, "2019-09-01"},
                                {west, east});
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->close();
        return m_fixture.path(name);
    }

    double areaBefore() const {
        const double radius = WindowFixture::bigRadius * WindowFixture::pixel;
        return geo::planarArea(WindowFixture::outline("", m_fixture.big(), radius).geometry);
    }

private Q_SLOTS:
    void aLineFromBoundaryToBoundaryIsOneStep() {
        const auto file = m_fixture.makeInventory("bulge.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_S);
        QVERIFY(isAt(*window, "redraw"));
        lead(*window, bulge(*window));
        QVERIFY2(note(*window).startsWith("+0."), qPrintable(note(*window)));
        QTest::mouseRelease(window->viewport(), Qt::LeftButton, {}, around(*window, 20, 0.8));
        // It is what a pause shows, too.
        move(*window, around(*window, 22, 0.7), Qt::NoButton);
        window->viewport()->grabFramebuffer();
        picture(*window, "redraw-begun");
        const auto before = lastStep(*window);
        QTest::mouseClick(window->viewport(), Qt::RightButton, {}, around(*window, 20, 0.7));
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        QVERIFY(before != lastStep(*window));
        QCOMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString("Big Glacier"));
        QVERIFY(isAt(*window, "redraw")); // it stays until Q or Esc
        window->viewport()->grabFramebuffer();
        picture(*window, "redraw-done");
        QVERIFY(closed(*window));
        QVERIFY2(area(file) > 1.05 * areaBefore(), qPrintable(QString::number(area(file) / areaBefore())));
        QVERIFY(area(file) < 1.4 * areaBefore());
    }

    void aSharedDivideIsDrawnForBothInOneStepAndTChoosesOtherwise() {
        const auto file = makeDivided("divide.gpkg");
        const auto areas = [](const std::string& path) {
            std::map<std::string, double> found;
            for (const auto& outline : stored(path, "inventory")) {
                found[outline->name] = geo::planarArea(outline->geometry);
            }
            return found;
        };
        const auto before = areas(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, {m_fixture.big().x - 300, m_fixture.big().y});
        QTest::keyClick(view, Qt::Key_S);
        const std::vector<QPoint> way{around(*window, 120, 0.3), around(*window, 40, 0.5),
                                      around(*window, -40, 0.5), around(*window, -120, 0.3)};
        lead(*window, way);
        QVERIFY2(note(*window).startsWith("+0."), qPrintable(note(*window))); // of the one in the hand
        view->grabFramebuffer();
        picture(*window, "redraw-divide");
        QTest::mouseRelease(view, Qt::LeftButton, {}, way.back());
        QTest::mouseClick(view, Qt::RightButton, {}, way.back());
        QTRY_COMPARE(lastStep(*window), QString("Redraw West Glacier and its neighbour"));
        // Alone it would overlap.
        QTest::keyClick(view, Qt::Key_T);
        QTest::keyClick(view, Qt::Key_T);
        const std::vector<QPoint> farther{around(*window, 150, 0.3), around(*window, 40, 0.8),
                                          around(*window, -40, 0.8), around(*window, -150, 0.3)};
        draw(*window, farther);
        QTest::mouseClick(view, Qt::RightButton, {}, farther.back());
        QVERIFY2(note(*window).contains("overlap"), qPrintable(note(*window)));
        QVERIFY(closed(*window));
        const auto after = areas(file);
        QVERIFY(after.at("West Glacier") > 1.1 * before.at("West Glacier"));
        const double sum = before.at("West Glacier") + before.at("East Glacier");
        QVERIFY(std::abs(after.at("West Glacier") + after.at("East Glacier") - sum) < 1e-6 * sum);
    }

    void aDoubleClickOnASharedLineIsOfWhatWasSelectedBeforeIt() {
        const auto window = m_fixture.openWindow(makeDivided("double.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        const auto selected = [&] { return part<QLabel>(window.get(), "glacierName")->text(); };
        const geo::Point big = m_fixture.big();
        clickAt(*window, {big.x - 300, big.y});
        QCOMPARE(selected(), QString("West Glacier"));
        // A hair on the neighbour's side.
        const double radius = WindowFixture::bigRadius * WindowFixture::pixel;
        const QPoint beside = placeOf(*window, {big.x + 30, big.y + radius / 2}) + QPoint(4, 0);
        QTest::mouseClick(view, Qt::LeftButton, {}, beside);
        QCOMPARE(selected(), QString("East Glacier"));
        QTest::mouseDClick(view, Qt::LeftButton, {}, beside);
        QTRY_COMPARE(lastStep(*window), QString("Insert vertex into West Glacier"));
        QCOMPARE(selected(), QString("West Glacier"));
        QVERIFY(closed(*window));
    }

    void onTheFlatMapAndFromTheSideItIsTheSame() {
        for (const bool isFlat : {true, false}) {
            const auto file = m_fixture.makeInventory(isFlat ? "flat.gpkg" : "oblique.gpkg");
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            auto* view = window->viewport();
            if (isFlat) {
                QTest::keyClick(view, Qt::Key_M);
            } else {
                view->setView(ui::viewport::Viewport::View::Oblique);
                view->frame(m_fixture.grid().extent(), false);
            }
            view->grabFramebuffer();
            clickAt(*window, m_fixture.big());
            QTest::keyClick(view, Qt::Key_S);
            for (const QPoint at : bulge(*window)) {
                QTest::mouseClick(view, Qt::LeftButton, {}, at);
            }
            view->grabFramebuffer();
            picture(*window, isFlat ? "redraw-flat" : "redraw-oblique");
            QTest::keyClick(view, Qt::Key_Return);
            QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
            QVERIFY(closed(*window));
            QVERIFY2(area(file) > 1.05 * areaBefore(),
                     qPrintable(QString::number(area(file) / areaBefore())));
        }
    }

    void escGivesUpTheStretchThenTheLineThenTheTool() {
        const auto file = m_fixture.makeInventory("esc.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_S);
        const auto before = lastStep(*window);
        const auto idle = hint(*window);
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, -40, 0.8));
        const auto begun = hint(*window);
        lead(*window, bulge(*window));
        QVERIFY(!note(*window).isEmpty());
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(note(*window).isEmpty());
        QTest::mouseRelease(view, Qt::LeftButton, {}, around(*window, 20, 0.8));
        QCOMPARE(hint(*window), begun);
        QTest::keyClick(view, Qt::Key_Escape);
        QCOMPARE(hint(*window), idle);
        QVERIFY(isAt(*window, "redraw"));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(isAt(*window, "select"));
        QCOMPARE(lastStep(*window), before);
        QVERIFY(closed(*window));
        QCOMPARE(area(file), areaBefore());
    }

    void undoTakesThePointsOfALineThatIsBeingDrawnBeforeAnyStep() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("points.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_S);
        const auto before = lastStep(*window);
        const auto idle = hint(*window);
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, -40, 0.8));
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, -10, 1.2));
        move(*window, around(*window, 20, 0.8), Qt::NoButton);
        QVERIFY(!note(*window).isEmpty());
        window->actions().undo->trigger();
        QVERIFY(hint(*window) != idle);
        window->actions().undo->trigger();
        QCOMPARE(lastStep(*window), before);
        QCOMPARE(hint(*window), idle);
        QVERIFY(note(*window).isEmpty());
        QVERIFY(closed(*window));
    }

    void whatIsDrawnIsNotSaidAnyMoreOnceItIsGivenUp() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("given-up.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_S);
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, -40, 0.8));
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, -10, 1.2));
        move(*window, around(*window, 20, 0.8), Qt::NoButton);
        QVERIFY(!note(*window).isEmpty());
        QTest::keyClick(view, Qt::Key_Q);
        QVERIFY2(note(*window).startsWith("First end what is begun"), qPrintable(note(*window)));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY2(note(*window).isEmpty(), qPrintable(note(*window)));
        QVERIFY(closed(*window));
    }

    void whatIsRefusedSaysSoAtThePointerAndIsNotLost() {
        const auto file = m_fixture.makeInventory("refused.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_S);
        const auto before = lastStep(*window);
        draw(*window, {around(*window, -40, 0.8), around(*window, -40, 1.4), around(*window, 20, 1.4),
                       around(*window, 0, 1.2), around(*window, -20, 1.7), around(*window, 30, 1.7),
                       around(*window, 30, 0.8)});
        QTest::mouseClick(view, Qt::RightButton, {}, around(*window, 30, 0.8));
        QCOMPARE(note(*window), QString("The line would cross itself."));
        QCOMPARE(lastStep(*window), before);
        // Points go back until it does not.
        for (int i = 0; i < 60 && lastStep(*window) == before; ++i) {
            QTest::keyClick(view, Qt::Key_Backspace);
        }
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(closed(*window));
        QCOMPARE(area(file), areaBefore());
    }

    void tabShowsAndTakesTheOtherSide() {
        const auto file = m_fixture.makeInventory("tab.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_S);
        // Across it, beside its middle.
        lead(*window, {around(*window, -60, 1.3), around(*window, 60, 1.3)});
        const auto fewer = note(*window);
        QVERIFY(fewer.startsWith(QString::fromUtf8("−")));
        QTest::keyClick(view, Qt::Key_Tab);
        QVERIFY(note(*window).startsWith(QString::fromUtf8("−")));
        QVERIFY(note(*window) != fewer);
        QTest::mouseRelease(view, Qt::LeftButton, {}, around(*window, 60, 1.3));
        QVERIFY(view->hasFocus());
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        QVERIFY(closed(*window));
        QVERIFY2(area(file) < 0.4 * areaBefore(), qPrintable(QString::number(area(file) / areaBefore())));
    }

    void whileItsKeyIsHeldItLastsAndLettingGoIsDone() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("held.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyPress(view, Qt::Key_S);
        draw(*window, bulge(*window));
        QTest::keyRelease(view, Qt::Key_S);
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        QVERIFY(isAt(*window, "select"));
    }

    void aPenDrawsAndItsOtherEndIsShift() {
        const auto file = m_fixture.makeInventory("pen.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_S);
        drawWithPen(*window, bulge(*window));
        QVERIFY(hint(*window).contains("Tab"));
        // Two taps are a double click.
        tapTwice(window->viewport(), around(*window, 20, 0.8));
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        // With the eraser the way of the hand between both ends is none of the line.
        const auto straight =
            std::vector{around(*window, 100, 0.8), around(*window, 130, 2), around(*window, 160, 0.8)};
        drawWithPen(*window, straight, QPointingDevice::PointerType::Eraser);
        QVERIFY(!hint(*window).contains("Tab")); // it misses the outline
        QVERIFY(closed(*window));
        QVERIFY2(area(file) > 1.05 * areaBefore(), qPrintable(QString::number(area(file) / areaBefore())));
    }

    void fingersMoveTheMapWhileALineIsBegun() {
        const auto file = m_fixture.makeInventory("fingers.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_S);
        const auto idle = hint(*window);
        const auto way = bulge(*window);
        draw(*window, {way[0], way[1], way[2]});
        const QPointF at = way[2];
        const auto scale = view->metresPerPixel();
        const auto heading = view->heading();
        const auto place = placeOf(*window, m_fixture.big());
        moveFingers(view, at, {30, 12});
        const QPoint moved = placeOf(*window, m_fixture.big()) - place;
        QVERIFY2((moved - QPoint(30, 12)).manhattanLength() < 8,
                 qPrintable(QString("%1 %2").arg(moved.x()).arg(moved.y())));
        gestureOf(view, Qt::ZoomNativeGesture, at, 0.2);
        gestureOf(view, Qt::RotateNativeGesture, at, 15);
        QVERIFY(view->metresPerPixel() < 0.9 * scale);
        QVERIFY(std::abs(view->heading() - heading) > 5);
        QVERIFY(hint(*window) != idle); // the line is still there
        // The line goes on where the ground is now.
        const auto rest = bulge(*window);
        draw(*window, {rest[2], rest[3], rest[4]});
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        QVERIFY(closed(*window));
        QVERIFY2(area(file) > 1.05 * areaBefore(), qPrintable(QString::number(area(file) / areaBefore())));
    }

    void aReferenceOffersAnInventory() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("reference.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_S);
        draw(*window, bulge(*window));
        const auto* offer = window->viewport()->findChild<QPushButton*>("toastButton");
        QTRY_VERIFY(offer->isVisible());
        QCOMPARE(offer->text(), QString("Start inventory from it"));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowRedrawTest)
#include "window_redraw_test.moc"
