// SPDX-License-Identifier: GPL-3.0-or-later
// Brush, hole, new glacier, split and join, shapes and parts in the window, with the events of a mouse and a
// keyboard.
#include "core/editing/shapes.h"
#include "editing_words.h"
#include "inventory_fixture.h"

#include "geo/shape_operations.h"

#include <QElapsedTimer>
#include <QWheelEvent>

#include <ctime>
#include <functional>

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

std::string toolOfLastStep(const std::string& file) {
    return project::Project::open(file, project::Access::ReadOnly)->history().back().tool;
}

/// Of a processor, by this thread.
double threadSeconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Notches of the wheel with Shift, up where above 0.
void turn(MainWindow& window, int notches) {
    auto* view = window.viewport();
    const QPoint place = view->rect().center();
    for (int i = 0; i < std::abs(notches); ++i) {
        QWheelEvent wheel(place, view->mapToGlobal(place), {}, {0, notches > 0 ? 120 : -120}, Qt::NoButton,
                          Qt::ShiftModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view, &wheel);
    }
}

/// Triggers an item of a menu that is open, which closes.
bool chooseIn(QMenu* menu, const QString& words) {
    QAction* chosen = nullptr;
    for (auto* action : menu != nullptr ? menu->actions() : QList<QAction*>()) {
        chosen = action->text().remove(QLatin1Char('&')).contains(words) ? action : chosen;
    }
    if (chosen != nullptr) {
        chosen->trigger();
    }
    if (menu != nullptr) {
        menu->close();
    }
    return chosen != nullptr;
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
        QCOMPARE(toolOfLastStep(file), std::string("hole")); // whatever was in the hand
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
        QCOMPARE(toast(*window), QString("Split Big Glacier. RGI2000-v7.0-G-15-011 stays with the largest."));
        QTest::keyClick(view, Qt::Key_Q);
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::mouseClick(view, Qt::LeftButton, {}, at(*window, 0, -0.5));
        QTest::mouseClick(view, Qt::LeftButton, Qt::ShiftModifier, at(*window, 0, 0.7));
        QTest::keyClick(view, Qt::Key_J);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
        // Taken back both are selected again.
        undo(*window);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 3);
        QTRY_VERIFY2(subject(*window).startsWith("2 glaciers"), qPrintable(subject(*window)));
        QTest::keyClick(view, Qt::Key_J);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
        QVERIFY(closed(*window));
        QVERIFY(std::abs(areaOf(file, "Big Glacier") - before()) < 1);
    }

    void deleteInTheMiddleOfALineTakesItsLastPointAndNeverTheGlacier() {
        const auto file = m_fixture.makeInventory("mid_line.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        const auto step = lastStep(*window);
        QTest::keyClick(view, Qt::Key_S);
        clickAlong(*window, {at(*window, -1, 0), at(*window, 0, 0.2), at(*window, 0.4, 0.3)});
        QTest::keyClick(view, Qt::Key_A);
        QCOMPARE(lastStep(*window), step);
        for (int points = 3; points > 0; --points) {
            QTest::keyClick(view, Qt::Key_Delete);
            QCOMPARE(glaciersIn(*window, "inventory"), 2);
        }
        QCOMPARE(lastStep(*window), step);
        QCOMPARE(selectedName(*window), QString("Big Glacier"));
        // Nothing is begun any more: it means the glacier again.
        QTest::mouseMove(view, QPoint(3, view->height() / 2));
        QTest::keyClick(view, Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 1);
        undo(*window);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void whatSimplifyingWouldTakeIsShownAndDoneByEnter() {
        const auto file = m_fixture.makeInventory("simplify.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        const auto step = lastStep(*window);
        QTest::keyClick(view, Qt::Key_E, Qt::ShiftModifier);
        turn(*window, -20); // to 1 m
        QTRY_VERIFY2(subject(*window).contains("No line changes"), qPrintable(subject(*window)));
        turn(*window, 20);
        QTRY_VERIFY2(subject(*window).contains("16 → 10 vertices"), qPrintable(subject(*window)));
        QVERIFY2(subject(*window).contains(QChar(0x2212)), qPrintable(subject(*window))); // the area
        QCOMPARE(lastStep(*window), step);
        view->grabFramebuffer();
        picture(*window, "simplify");
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), QString("Simplify Big Glacier within 90 m"));
        QVERIFY2(!subject(*window).contains("vertices"), qPrintable(subject(*window))); // it rests
        undo(*window);
        QTRY_VERIFY(lastStep(*window).startsWith("Undo"));
        // Smooth has the same tolerance; the right button does it, too.
        QTest::keyClick(view, Qt::Key_E);
        QTRY_VERIFY2(subject(*window).contains("vertices"), qPrintable(subject(*window)));
        QTest::mouseClick(view, Qt::RightButton, {}, at(*window, 0, 0));
        QTRY_COMPARE(lastStep(*window), QString("Smooth Big Glacier over 90 m"));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(subject(*window).contains("Del deletes it"));
        QVERIFY(closed(*window));
        QCOMPARE(toolOfLastStep(file), std::string("smooth"));
        QVERIFY(std::abs(areaOf(file, "Big Glacier") / before() - 1) < 0.02);
    }

    void hundredsAreSmoothedInOneStep() {
        constexpr int columns = 20, rows = 20;
        const auto file = m_fixture.makeInventory("hundreds.gpkg");
        {
            auto project = project::Project::open(file);
            const geo::Extent ground = m_fixture.grid().extent();
            std::vector<outlines::Outline> all;
            for (int i = 0; i < columns * rows; ++i) {
                const geo::Point middle{ground.xmin + (i % columns + 0.5) * ground.width() / columns,
                                        ground.ymin + (i / columns + 0.5) * ground.height() / rows};
                auto glacier = WindowFixture::outline(std::to_string(i), middle, 1);
                glacier.geometry = {{wavyRing(100, ground.height() / rows / 3, middle), {}}};
                all.push_back(std::move(glacier));
            }
            project->removeLayer("inventory");
            project->importOutlines(
                {"inventory", outlines::LayerKind::Inventory, project->scene().id, "2019-09-01"}, all);
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        view->frame(m_fixture.grid().extent().grown(200), false);
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && view->isSharp(), 20000);
        const geo::Extent ground = m_fixture.grid().extent();
        drag(view, Qt::LeftButton, placeOf(*window, {ground.xmin + 5, ground.ymin + 5}),
             placeOf(*window, {ground.xmax - 5, ground.ymax - 5}), 10, Qt::ShiftModifier);
        QTRY_VERIFY2(subject(*window).contains("glaciers"), qPrintable(subject(*window)));
        window->setUpdatesEnabled(false); // how long a frame takes is another matter
        const auto longest = [&](const std::function<bool()>& until) {
            double most = 0;
            QElapsedTimer all;
            all.start();
            while (!until() && all.elapsed() < 60000) {
                const auto before = threadSeconds();
                QCoreApplication::processEvents();
                most = std::max(most, threadSeconds() - before);
            }
            return 1000 * most;
        };
        const auto pressed = [&](Qt::Key key) {
            const auto begun = threadSeconds();
            QTest::keyClick(view, key);
            return 1000 * (threadSeconds() - begun);
        };
        const double key = pressed(Qt::Key_E);
        const double shown = longest([&] { return subject(*window).contains("vertices"); });
        QVERIFY2(subject(*window).contains("vertices"), qPrintable(subject(*window)));
        const double done = pressed(Qt::Key_Return);
        longest([&] { return lastStep(*window).startsWith("Smooth 4"); });
        QCOMPARE(lastStep(*window), QString("Smooth 400 glaciers over 10 m"));
        qInfo(
            "%s: the window's thread was busy for %.0f ms at the key, %.0f at most until it was shown, %.0f "
            "when it was done",
            qPrintable(subject(*window)), key, shown, done);
        window->setUpdatesEnabled(true);
        QVERIFY(closed(*window));
    }

    void widerByTheWheelIsOneStep() {
        const auto file = m_fixture.makeInventory("wider.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_B, Qt::ShiftModifier);
        clickAt(*window, m_fixture.big());
        turn(*window, 3);
        QTRY_VERIFY2(subject(*window).contains("+0."), qPrintable(subject(*window)));
        view->grabFramebuffer();
        picture(*window, "buffer");
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), QString("Widen Big Glacier by 15 m"));
        QVERIFY(closed(*window));
        QVERIFY(areaOf(file, "Big Glacier") > 1.02 * before());
    }

    void glaciersAreCollectedAndAPartBecomesOneAgain() {
        const auto file = m_fixture.makeInventory("parts.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        const QPoint small = placeOf(*window, m_fixture.small());
        QTest::mouseClick(view, Qt::LeftButton, Qt::ShiftModifier, small);
        QTest::keyClick(view, Qt::Key_Y);
        QVERIFY(chooseIn(qobject_cast<QMenu*>(QApplication::activePopupWidget()), "Big Glacier's"));
        QTRY_COMPARE(lastStep(*window), QString("Collect Big Glacier and Small Glacier"));
        QCOMPARE(glaciersIn(*window, "inventory"), 1);
        auto* menu = menuAt(*window, small);
        QVERIFY(menu != nullptr);
        for (const char* item : {"This part a glacier of its own", "Delete this part",
                                 "Explode into 2 glaciers", "Edit with", "Delete Big Glacier"}) {
            QVERIFY2(itemsOf(*menu).contains(item), qPrintable(itemsOf(*menu).join('|')));
        }
        picture(*menu, "parts-menu");
        menu->close();
        QTest::keyClick(view, Qt::Key_M, Qt::ShiftModifier);
        QTest::mouseClick(view, Qt::LeftButton, {}, small);
        QVERIFY2(subject(*window).contains("of 2"), qPrintable(subject(*window)));
        QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, m_fixture.rock()));
        QTRY_COMPARE(lastStep(*window), QString("Make a part of Big Glacier a glacier of its own"));
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QVERIFY(closed(*window));
        QCOMPARE(toolOfLastStep(file), std::string("movePart"));
    }

    void theAnswerOfACommandIsRecordedAsTheCommand() {
        const auto file = m_fixture.makeInventory("answer.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(window->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          placeOf(*window, m_fixture.small()));
        QTest::keyClick(window->viewport(), Qt::Key_Y);
        QVERIFY(chooseIn(qobject_cast<QMenu*>(QApplication::activePopupWidget()), "Small Glacier's"));
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 1);
        QVERIFY(closed(*window));
        QCOMPARE(toolOfLastStep(file), std::string("explode"));
    }

    void deleteWhileAHandHoldsAVertexOnlyPutsBack() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("held.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        const auto step = lastStep(*window);
        const QPoint from = placeOf(*window, m_fixture.eastVertex());
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        moveHeld(*view, from + QPoint(25, 5));
        QTest::keyClick(view, Qt::Key_Delete);
        QTest::mouseRelease(view, Qt::LeftButton, {}, from + QPoint(25, 5));
        QCOMPARE(lastStep(*window), step);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QTest::keyClick(view, Qt::Key_Delete); // nothing is held any more
        QTRY_VERIFY(lastStep(*window) != step);
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
