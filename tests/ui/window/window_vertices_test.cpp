// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand does to vertices besides moving them: the magnet, places that are typed, what is refused.
#include "editing_words.h"
#include "inventory_fixture.h"
#include "pen_and_fingers.h"
#include "window_fixture.h"

#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <QLineEdit>
#include <QStatusBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

/// The vertex of the small glacier that lies farthest west.
geo::Point westVertex(const WindowFixture& fixture) {
    const auto small =
        WindowFixture::outline("", fixture.small(), WindowFixture::smallRadius * WindowFixture::pixel);
    return small.geometry[0].outer.at(8);
}

/// Pixels of the red that marks what is refused.
int redPixels(MainWindow& window) {
    if (!QTest::qWaitFor([&] { return window.viewport()->isSharp(); }, 20000)) {
        return -1;
    }
    const QImage image = window.viewport()->grabFramebuffer();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count +=
                pixel.red() > 235 && std::abs(pixel.green() - 54) < 24 && std::abs(pixel.blue() - 46) < 24
                    ? 1
                    : 0;
        }
    }
    return count;
}

/// The ring of a glacier in the file.
geo::Ring storedRing(const std::string& file, const std::string& name) {
    for (const auto& outline : stored(file, "inventory")) {
        if (outline->name == name) {
            return outline->geometry.at(0).outer;
        }
    }
    return {};
}

bool has(const geo::Ring& ring, geo::Point point) {
    return std::find(ring.begin(), ring.end(), point) != ring.end();
}

} // namespace

class WindowVerticesTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void whileAVertexMovesItsGlacierIsHeldAgainstStartModelAndExpert() {
        const auto file = m_fixture.makeInventory("held.gpkg");
        const auto ring = [&](double radius) {
            return WindowFixture::outline("Model", m_fixture.big(), radius * WindowFixture::pixel);
        };
        const auto model = ring(1.1 * WindowFixture::bigRadius);
        {
            const auto project = project::Project::open(file);
            project->importOutlines({"predicted", outlines::LayerKind::Predicted, project->scene().id, {}},
                                    {model});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        auto* view = window->viewport();
        const auto areas = [&] {
            const auto* label = part<QLabel>(view, "toolAreas");
            return label->isVisible() ? label->text() : QString();
        };
        QVERIFY(areas().isEmpty());
        const QPoint from = placeOf(*window, m_fixture.eastVertex());
        const QPoint to = placeOf(*window, m_fixture.eastVertex(300));
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        moveHeld(*view, from + QPoint(9, 3));
        moveHeld(*view, to);
        const QString said = areas();
        QTRY_VERIFY(view->isSharp());
        picture(*window, "held");
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QCOMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QVERIFY(areas().isEmpty());
        QVERIFY(closed(*window));
        // As the file has it, on the ellipsoid. It was started from the expert's.
        const auto crs = m_fixture.grid().crs;
        const auto of = [&](const geo::MultiPolygon& shape) { return geo::geodesicArea(shape, crs); };
        double now = 0;
        for (const auto& outline : stored(file, "inventory")) {
            now = outline->name == "Big Glacier" ? of(outline->geometry) : now;
        }
        const auto percent = [&](const geo::MultiPolygon& other) {
            const double share = 100 * (now / of(other) - 1);
            return (share > 0 ? "+" : "−") +
                   QString::number(std::abs(share), 'f', std::abs(share) < 1 ? 2 : 1) + " %";
        };
        QCOMPARE(said, QString("%1 km² · against start and expert %2 · model %3")
                           .arg(now / 1e6, 0, 'f', 3)
                           .arg(percent(ring(WindowFixture::bigRadius).geometry), percent(model.geometry)));
    }

    void aVertexDraggedNearANeighboursIsStoredAtIt() {
        const auto file = m_fixture.makeInventory("magnet.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const auto before = storedRing(file, "Small Glacier");
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, m_fixture.eastVertex());
        const QPoint to = placeOf(*window, westVertex(m_fixture)) + QPoint(-4, 3);
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        for (const QPoint at : {from + QPoint(9, 3), to}) {
            moveHeld(*view, at);
        }
        QTRY_VERIFY(view->isSharp());
        picture(*window, "magnet");
        QVERIFY2(hint(*window).contains("at that vertex"), qPrintable(hint(*window)));
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QCOMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QCOMPARE(subject(*window), "1 vertex · Del removes it"); // it is selected
        QVERIFY(closed(*window));
        const auto small = storedRing(file, "Small Glacier");
        QVERIFY(small == before);
        QVERIFY(has(small, westVertex(m_fixture)));
        QVERIFY(has(storedRing(file, "Big Glacier"), westVertex(m_fixture)));
    }

    void aPenMovesAndInsertsVertices() {
        const auto file = m_fixture.makeInventory("pen.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        const QPointF middle = placeOf(*window, m_fixture.big());
        pen(view, QEvent::TabletPress, middle);
        pen(view, QEvent::TabletRelease, middle);
        QCOMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString("Big Glacier"));
        const QPointF east = placeOf(*window, m_fixture.eastVertex());
        dragPen(view, {east, east + QPointF(8, 0), east + QPointF(20, 0), east + QPointF(30, 0)});
        QTRY_COMPARE(lastStep(*window), "Move vertex of Big Glacier");
        // Between the westernmost vertex and the next.
        const auto ring =
            WindowFixture::outline("", m_fixture.big(), WindowFixture::bigRadius * WindowFixture::pixel)
                .geometry[0]
                .outer;
        const geo::Point between{(ring[8].x + ring[9].x) / 2, (ring[8].y + ring[9].y) / 2};
        const QPointF west = placeOf(*window, between);
        dragPen(view, {west, west - QPointF(8, 0), west - QPointF(25, 0)});
        QTRY_COMPARE(lastStep(*window), "Insert vertex into Big Glacier");
        QVERIFY(closed(*window));
        const auto after = storedRing(file, "Big Glacier");
        QCOMPARE(after.size(), ring.size() + 1);
        QVERIFY(!has(after, m_fixture.eastVertex()));
    }

    void fingersMoveTheMapWhileAVertexIsHeldAndItStaysInTheHand() {
        const auto file = m_fixture.makeInventory("fingers.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        const QPoint from = placeOf(*window, m_fixture.eastVertex());
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        moveHeld(*view, from + QPoint(10, 0));
        moveFingers(view, from, {24, 10});
        gestureOf(view, Qt::ZoomNativeGesture, from, 0.2);
        const QPoint to = placeOf(*window, m_fixture.eastVertex(150));
        moveHeld(*view, to);
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QTRY_COMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QVERIFY(closed(*window));
        const auto after = storedRing(file, "Big Glacier");
        QVERIFY(std::any_of(after.begin(), after.end(), [&](geo::Point point) {
            return geo::distance(point, m_fixture.eastVertex(150)) < 2 * WindowFixture::pixel;
        }));
    }

    void onTheFlatMapVerticesMoveAsInTheView() {
        const auto file = m_fixture.makeInventory("flat.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_M);
        window->viewport()->grabFramebuffer();
        clickAt(*window, m_fixture.big());
        dragVertex(*window, m_fixture.eastVertex(), 200);
        QTRY_COMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QVERIFY(closed(*window));
        const auto after = storedRing(file, "Big Glacier");
        QVERIFY(std::any_of(after.begin(), after.end(), [&](geo::Point point) {
            return geo::distance(point, m_fixture.eastVertex(200)) < 2 * WindowFixture::pixel;
        }));
    }

    void wTurnsTheMagnetOffAndSaysSo() {
        const auto file = m_fixture.makeInventory("no_magnet.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_W);
        QVERIFY(note(*window).startsWith("Magnet off"));
        QVERIFY(part<QToolButton>(window->viewport(), "magnetOption")->text().contains("off"));
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, m_fixture.eastVertex()),
             placeOf(*window, westVertex(m_fixture)) + QPoint(-4, 3));
        QCOMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QVERIFY(closed(*window));
        QVERIFY(!has(storedRing(file, "Big Glacier"), westVertex(m_fixture)));
    }

    void whereADragIsRefusedTheGroundSaysSoInRed() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("red.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, m_fixture.eastVertex());
        const QPoint to =
            placeOf(*window, {m_fixture.big().x - 1.5 * WindowFixture::bigRadius * WindowFixture::pixel,
                              m_fixture.big().y + 10});
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        moveHeld(*view, from + QPoint(9, 3));
        QCOMPARE(redPixels(*window), 0);
        moveHeld(*view, to);
        QCOMPARE(note(*window), "The line would cross itself.");
        QVERIFY2(redPixels(*window) > 100, qPrintable(QString::number(redPixels(*window))));
        picture(*window, "refused_ground");
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QCOMPARE(redPixels(*window), 0);
    }

    void aPlaceIsTypedWithEnter() {
        const auto file = m_fixture.makeInventory("typed.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        auto* view = window->viewport();
        QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, m_fixture.eastVertex()));
        const auto* shown = part<QToolButton>(view, "vertexPlace");
        QVERIFY2(shown->isVisible() && shown->toolTip().contains("UTM zone 45N"),
                 qPrintable(shown->toolTip()));
        QVERIFY(shown->toolTip().contains(" N ") && shown->toolTip().contains(" E"));
        picture(*window, "one_vertex");
        QTest::keyClick(view, Qt::Key_Return);
        auto* field = part<QLineEdit>(view, "vertexPlaceField");
        QVERIFY(field->isVisible() && field->hasFocus());
        // Its letters are no keys of the tools.
        QTest::keyClicks(field, "east");
        QCOMPARE(field->text(), QString("east"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(note(*window).startsWith("Type easting and northing"));
        picture(*window, "typed_refused");
        const geo::Point place{m_fixture.eastVertex().x + 75.25, m_fixture.eastVertex().y - 30.5};
        field->setText(QString("%1, %2").arg(place.x, 0, 'f', 2).arg(place.y, 0, 'f', 2));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QVERIFY(!field->isVisible() && view->hasFocus());
        QCOMPARE(subject(*window), "1 vertex · Del removes it");
        // Degrees of a place 200 m farther east.
        QTest::keyClick(view, Qt::Key_Return);
        field->setText("here");
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QCOMPARE(subject(*window), "1 vertex · Del removes it");
        QVERIFY(closed(*window));
        const auto ring = storedRing(file, "Big Glacier");
        QVERIFY(std::any_of(ring.begin(), ring.end(), [&](geo::Point point) {
            return std::hypot(point.x - place.x, point.y - place.y) < 1e-6;
        }));
    }

    void deleteAtALitVertexLeavesTheGlacier() {
        const auto file = m_fixture.makeInventory("lit.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        moveHeld(*window->viewport(), placeOf(*window, m_fixture.eastVertex()), Qt::NoButton);
        QTest::keyClick(window->viewport(), Qt::Key_Delete);
        QCOMPARE(lastStep(*window), "Remove vertex of Big Glacier");
        QVERIFY(closed(*window));
        QCOMPARE(verticesOf(file, "Big Glacier"), std::size_t{15});
    }

    void thePillStandsInOnePlaceWhateverItSays() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("pill.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        const auto* pill = part<QWidget>(view, "toolPill");
        QTRY_VERIFY(pill->isVisible());
        QTest::qWait(50);
        const QPoint corner = pill->geometry().topLeft();
        QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, m_fixture.eastVertex()));
        QTest::qWait(50);
        QCOMPARE(pill->geometry().topLeft(), corner);
        QTest::keyClick(window.get(), Qt::Key_S);
        QTest::qWait(50);
        QCOMPARE(pill->geometry().topLeft(), corner);
        picture(*window, "pill");
    }

    void aSentenceThatTheStatusBarCutsIsInItsTooltip() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("status.gpkg"));
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_3); // the scene has no SWIR1
        QVERIFY(!window->statusBar()->currentMessage().isEmpty());
        QCOMPARE(window->statusBar()->toolTip(), window->statusBar()->currentMessage());
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowVerticesTest)
#include "window_vertices_test.moc"
