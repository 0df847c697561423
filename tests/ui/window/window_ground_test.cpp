// SPDX-License-Identifier: GPL-3.0-or-later
// Brush, hole, new glacier, split and join in the window, with the events of a mouse and a keyboard.
#include "editing_words.h"
#include "inventory_fixture.h"

#include "geo/shape_operations.h"

#include <QWheelEvent>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

const double radius = WindowFixture::bigRadius * WindowFixture::pixel;

double areaOf(const std::string& file, const std::string& name) {
    double area = 0;
    for (const auto& outline : stored(file, "inventory")) {
        if (outline->name == name) {
            area +=
                geo::invalidReason(outline->geometry).empty() ? geo::planarArea(outline->geometry) : -1e12;
        }
    }
    return area;
}

} // namespace

class WindowGroundTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    /// From the middle of the big glacier, in shares of its radius.
    QPoint at(MainWindow& window, double east, double north) const {
        return placeOf(window, {m_fixture.big().x + east * radius, m_fixture.big().y + north * radius});
    }
    void clickAlong(MainWindow& window, const std::vector<QPoint>& points) const {
        for (const QPoint point : points) {
            QTest::mouseClick(window.viewport(), Qt::LeftButton, {}, point);
        }
    }
    double before() const {
        return geo::planarArea(WindowFixture::outline("", m_fixture.big(), radius).geometry);
    }

private Q_SLOTS:
    void aStrokeOfTheBrushIsOneStepAndShiftTakesAway() {
        const auto file = m_fixture.makeInventory("brush.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        QTest::keyClick(view, Qt::Key_B);
        const auto size = [&] { return part<QAbstractButton>(view, "brushSizeOption")->text(); };
        const QString usual = size();
        const QPoint rim = at(*window, -1, 0);
        QWheelEvent wheel(rim, view->mapToGlobal(rim), {}, {0, 120}, Qt::NoButton, Qt::ShiftModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view, &wheel);
        QVERIFY(size() != usual);
        QTest::mousePress(view, Qt::LeftButton, {}, rim);
        for (int i = 1; i <= 10; ++i) {
            moveHeld(*view, rim + QPointF(0, 4 * i));
        }
        QVERIFY2(note(*window).startsWith("+0."), qPrintable(note(*window)));
        view->grabFramebuffer();
        picture(*window, "brush");
        QTest::mouseRelease(view, Qt::LeftButton, {}, rim + QPoint(0, 40));
        QTRY_VERIFY2(lastStep(*window).contains("Big Glacier"), qPrintable(lastStep(*window)));
        const auto painted = lastStep(*window);
        drag(view, Qt::LeftButton, at(*window, -0.2, 0), at(*window, 0.2, 0), 10, Qt::ShiftModifier);
        QTRY_VERIFY(lastStep(*window) != painted);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        undo(*window);
        QTRY_VERIFY2(lastStep(*window).startsWith("Undo: Paint ice off"), qPrintable(lastStep(*window)));
        QVERIFY(closed(*window));
        QVERIFY(areaOf(file, "Big Glacier") > 1.005 * before());
    }

    void aStrokeThatIsAbandonedPaintsNothing() {
        const auto file = m_fixture.makeInventory("abandoned.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        const auto step = lastStep(*window);
        QTest::keyClick(view, Qt::Key_B);
        QTest::mousePress(view, Qt::LeftButton, {}, at(*window, -1, 0));
        moveHeld(*view, at(*window, -1.3, 0));
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::mouseRelease(view, Qt::LeftButton, {}, at(*window, -1.3, 0));
        QCOMPARE(lastStep(*window), step);
        QVERIFY(closed(*window));
        QCOMPARE(areaOf(file, "Big Glacier"), before());
    }

    void aHoleIsDrawnAndFilledFromTheMenu() {
        const auto file = m_fixture.makeInventory("hole.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        QTest::keyClick(view, Qt::Key_I);
        clickAlong(*window, {at(*window, -0.3, -0.3), at(*window, 0.3, -0.3), at(*window, 0.3, 0.3),
                             at(*window, -0.3, 0.3)});
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY2(lastStep(*window).contains("hole"), qPrintable(lastStep(*window)));
        QTest::keyClick(view, Qt::Key_Q);
        auto* menu = menuAt(*window, at(*window, 0, 0));
        QVERIFY(menu != nullptr);
        QVERIFY2(itemsOf(*menu).contains("Fill this hole"), qPrintable(itemsOf(*menu).join('|')));
        for (auto* action : menu->actions()) {
            if (action->text().remove('&') == QLatin1String("Fill this hole")) {
                action->trigger();
            }
        }
        menu->close();
        QTRY_VERIFY2(lastStep(*window).startsWith("Fill"), qPrintable(lastStep(*window)));
        QVERIFY(closed(*window));
        QCOMPARE(areaOf(file, "Big Glacier"), before());
    }

    void aNewGlacierIsOfTheDateOfThePicture() {
        const auto file = m_fixture.makeInventory("new.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_G);
        const geo::Point rock = m_fixture.rock();
        clickAlong(*window, {placeOf(*window, rock), placeOf(*window, {rock.x + 300, rock.y}),
                             placeOf(*window, {rock.x + 300, rock.y - 300})});
        QTest::mouseClick(window->viewport(), Qt::RightButton, {}, placeOf(*window, rock));
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 3);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            if (outline->name.empty()) {
                QCOMPARE(outline->srcDate, std::string("2020-08-20"));
                QVERIFY(outline->origin == outlines::Origin::Drawn);
                QVERIFY(std::abs(geo::planarArea(outline->geometry) - 45000) < 4000);
            }
        }
    }

    void aGlacierIsSplitAndJoinedAgainAndTheJoinAsksNothingWhereBothAgree() {
        const auto file = m_fixture.makeInventory("split.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        QTest::keyClick(view, Qt::Key_C);
        clickAlong(*window, {at(*window, -1.3, 0.1), at(*window, 0, 0.2), at(*window, 1.3, 0.1)});
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 3);
        QTest::keyClick(view, Qt::Key_Q);
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::mouseClick(view, Qt::LeftButton, {}, at(*window, 0, -0.5));
        QTest::mouseClick(view, Qt::LeftButton, Qt::ShiftModifier, at(*window, 0, 0.7));
        QTest::keyClick(view, Qt::Key_J);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
        QVERIFY(closed(*window));
        QVERIFY(std::abs(areaOf(file, "Big Glacier") - before()) < 1);
    }

    void theJoinOfTwoThatDifferAsksWhoseNameStays() {
        const auto file = m_fixture.makeProject("join.gpkg");
        {
            auto project = project::Project::open(file);
            auto beside = WindowFixture::outline("Beside", m_fixture.big(), radius);
            // A square whose western edge is an edge of the big glacier.
            const auto ring = beside.geometry[0].outer;
            beside.geometry = {
                {{ring[0], ring[1], {ring[1].x + 400, ring[1].y}, {ring[0].x + 400, ring[0].y}}, {}}};
            project->importOutlines(
                {"expert", outlines::LayerKind::Expert, project->scene().id, "2019-09-01"}, {beside});
            project->take(project::planInventory(*project, {.from = "expert"})());
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        const int all = glaciersIn(*window, "inventory");
        clickAt(*window, m_fixture.big());
        const auto beside = named(file, "inventory", "Beside");
        QVERIFY(beside);
        QTest::mouseClick(view, Qt::LeftButton, Qt::ShiftModifier,
                          placeOf(*window, beside->extent().center()));
        QTest::keyClick(view, Qt::Key_J);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        picture(*menu, "join");
        QCOMPARE(glaciersIn(*window, "inventory"), all); // nothing is done yet
        QAction* chosen = nullptr;
        for (auto* action : menu->actions()) {
            chosen = action->text().contains("Beside") ? action : chosen;
        }
        QVERIFY2(chosen != nullptr, qPrintable(itemsOf(*menu).join('|')));
        chosen->trigger();
        menu->close();
        QTRY_COMPARE(glaciersIn(*window, "inventory"), all - 1);
        QVERIFY(closed(*window));
        QVERIFY(named(file, "inventory", "Beside") && !named(file, "inventory", "Big Glacier"));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowGroundTest)
#include "window_ground_test.moc"
