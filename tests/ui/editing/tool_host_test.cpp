// SPDX-License-Identifier: GPL-3.0-or-later
#include "../viewport/viewport_fixture.h"
#include "ui/editing/area_note.h"
#include "ui/editing/tool_actions.h"
#include "ui/editing/tool_host.h"
#include "ui/editing/tool_strip.h"
#include "ui/tools/dummy_tool.h"
#include "ui/tools/fake_scene.h"

#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::editing::ToolHost;
using nunatak::ui::tools::Selection;

namespace {

/// A star on the terrain of the viewport's tests, and what the host does to it.
class World : public FakeScene {
public:
    World() : m_view(shownViewport()) {
        const auto middle = m_view->terrain()->heightGrid.extent().center();
        const auto star = outlineAround(middle, 1800, 24);
        layers.all["inventory"].put(star);
        ref = {"inventory", star->uuid};
        m_view->setLayer("inventory", {star}, {QColor(255, 0, 0), 2, true});
        select({{ref}, {}});
    }

    ui::viewport::Viewport& view() const { return *m_view; }
    outlines::OutlineHandle star() const { return outline(ref); }

    ui::editing::World actions() {
        return {
            [this](const nunatak::editing::Edit& edit) {
                edits.push_back(edit);
                layers.commit(edit);
                m_view->setLayer("inventory", layers.all["inventory"].all(), {QColor(255, 0, 0), 2, true});
                return true;
            },
            [this](const Selection& selection) { select(selection); }, [this] { ++undone; }};
    }
    void select(const Selection& selection) {
        selected = selection;
        m_view->setSelection(selection.outlines);
    }

    std::optional<QPointF> project(geo::Point map) const override { return m_view->project(map); }
    bool isSeen(geo::Point map) const override {
        const auto place = m_view->project(map);
        const auto seen = place ? m_view->pick(*place) : std::nullopt;
        return seen && std::hypot(seen->map.x - map.x, seen->map.y - map.y) < 20;
    }
    std::optional<geo::Point> ground(QPointF position) const override {
        const auto seen = m_view->pick(position);
        return seen ? std::optional(seen->map) : std::nullopt;
    }

    /// The first vertex that no mountain hides.
    std::size_t vertexInSight() const {
        const auto& ring = star()->geometry[0].outer;
        const auto found =
            std::find_if(ring.begin(), ring.end(), [this](const auto& point) { return isSeen(point); });
        return static_cast<std::size_t>(found - ring.begin());
    }
    QPoint placeOf(std::size_t vertex) const {
        return m_view->project(star()->geometry[0].outer[vertex])->toPoint();
    }
    void press(QPoint place) const { QTest::mousePress(m_view.get(), Qt::LeftButton, {}, place); }
    void release(QPoint place) const { QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, place); }
    void move(QPoint place) const {
        QMouseEvent event(QEvent::MouseMove, place, m_view->mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
                          {});
        QApplication::sendEvent(m_view.get(), &event);
    }
    QString note() const {
        const auto* label = m_view->findChild<QLabel*>("pointerNote");
        return label->isVisible() ? label->text() : QString();
    }

    outlines::OutlineRef ref;
    std::vector<nunatak::editing::Edit> edits;
    int undone = 0;

private:
    std::unique_ptr<ui::viewport::Viewport> m_view;
};

} // namespace

class ToolHostTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aVertexIsDraggedWithTheMouseInOneEdit() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        const auto vertex = world.vertexInSight();
        const QPoint from = world.placeOf(vertex);
        const QPoint to = from + QPoint(8, 14);
        const auto camera = world.view().cameraState();
        world.press(from);
        world.move(from + QPoint(5, 10));
        world.move(to);
        QVERIFY(world.edits.empty()); // nothing has happened yet
        world.release(to);
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(world.edits[0].tool, std::string("select"));
        QCOMPARE(world.view().cameraState(), camera);
        const auto moved = *world.view().project(world.star()->geometry[0].outer[vertex]);
        QVERIFY2(apart(moved, to) < 3, qPrintable(QString("%1 %2").arg(moved.x()).arg(moved.y())));
        QVERIFY(world.selected == (Selection{{world.ref}, {}}));
    }

    void whatIsReleasedWhileRefusedIsPutBack() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        const auto vertex = world.vertexInSight();
        const auto count = world.star()->geometry[0].outer.size();
        const QPoint from = world.placeOf(vertex);
        world.press(from);
        world.move(from + QPoint(4, 6));
        QVERIFY2(world.note().contains("²") && world.note().endsWith(" %)"), qPrintable(world.note()));
        const QPoint far = from + (world.placeOf((vertex + 3) % count) - from) * 3;
        world.move(far);
        QVERIFY(!world.note().isEmpty());
        QVERIFY(world.note().size() < 40);
        world.release(far);
        QVERIFY(world.edits.empty());
        QVERIFY(world.note().isEmpty());
        QVERIFY(QTest::qWaitFor([&] { return world.view().isSharp(); }, 10000));
        QCOMPARE(world.placeOf(vertex), from);
    }

    void theChangeOfAreaStandsAtThePointer() {
        nunatak::editing::Edit edit;
        const auto square = [](double side) {
            outlines::Outline outline;
            outline.geometry = {{{{0, 0}, {side, 0}, {side, side}, {0, side}}, {}}};
            return outlines::share(std::move(outline));
        };
        edit.changes = {{"inventory", square(1000), square(1100)}};
        QCOMPARE(ui::editing::areaChangeText(edit), QString("+0.210 km² (+21 %)"));
        edit.changes = {{"inventory", square(1000), square(900)}, {"inventory", square(1000), square(1000)}};
        QVERIFY(ui::editing::areaChangeText(edit).startsWith("−0.19"));
        QVERIFY(ui::editing::areaChangeText(edit).endsWith("(−9.5 %)"));
        edit.changes = {{"inventory", square(1000), square(1000)}};
        QVERIFY(ui::editing::areaChangeText(edit).isEmpty());
    }

    void escapeAnUndoAnotherToolAndAHiddenViewCancelADrag() {
        World world;
        auto table = ui::tools::toolTable();
        table.push_back(dummyTool());
        ToolHost host(world.view(), world, world.actions(), table);
        const QPoint from = world.placeOf(world.vertexInSight());
        const std::vector<std::function<void()>> interruptions{
            [&] { QTest::keyClick(&world.view(), Qt::Key_Escape); }, [&] { host.cancel(); },
            [&] {
                host.trigger("dummy");
                host.trigger("select");
            },
            [&] {
                world.view().hide();
                world.view().show();
            }};
        for (const auto& interrupt : interruptions) {
            world.press(from);
            world.move(from + QPoint(8, 14));
            interrupt();
            world.move(from + QPoint(9, 15));
            world.release(from + QPoint(9, 15));
            QVERIFY(world.edits.empty());
            QVERIFY(world.selected == (Selection{{world.ref}, {}})); // the selection is another step back
        }
    }

    void escapeGoesBackOneStepAfterTheOther() {
        World world;
        auto table = ui::tools::toolTable();
        table.push_back(dummyTool());
        ToolHost host(world.view(), world, world.actions(), table);
        world.select({{world.ref}, {{0, 0, 1}, {0, 0, 2}}});
        host.trigger("dummy");
        QCOMPARE(host.current(), QString("dummy"));
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        QCOMPARE(host.current(), QString("select"));
        QCOMPARE(world.selected.vertices.size(), std::size_t{2});
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        QVERIFY(world.selected == (Selection{{world.ref}, {}}));
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        QVERIFY(world.selected.empty());
        QVERIFY(!host.back());
    }

    void selectedVerticesAndABoxAreDrawnOnTheGround() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        const auto isOrange = [&] {
            if (!QTest::qWaitFor([&] { return world.view().isSharp(); }, 10000)) {
                return false;
            }
            const auto picture = world.view().grabFramebuffer();
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor color = picture.pixelColor(x, y);
                    if (color.red() > 220 && std::abs(color.green() - 128) < 30 && color.blue() < 40) {
                        return true;
                    }
                }
            }
            return false;
        };
        QVERIFY(!isOrange());
        world.select({{world.ref}, {{0, 0, static_cast<int>(world.vertexInSight())}}});
        host.refresh();
        QVERIFY(isOrange());
        world.select({{world.ref}, {}});
        host.refresh();
        QVERIFY(!isOrange());
    }

    void whatIsDoneAtOnceSaysSoAndOffersAWayBack() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        host.trigger("delete");
        QCOMPARE(world.edits.size(), std::size_t{1});
        QVERIFY(!world.edits[0].changes.at(0).after);
        QVERIFY(world.selected.empty());
        auto* toast = world.view().findChild<QWidget*>("toast");
        QVERIFY(toast->isVisible());
        QVERIFY(toast->findChild<QLabel*>("toastSentence")->text().contains("deleted"));
        QTest::mouseClick(toast->findChild<QPushButton*>("toastButton"), Qt::LeftButton);
        QCOMPARE(world.undone, 1);
        QVERIFY(!toast->isVisible());
    }

    /// Two files (dummy_tool.h, .cpp) and the line that adds it: key, menu, strip and pointer follow.
    void aNewToolCostsTwoFilesAndOneLine() {
        World world;
        auto table = ui::tools::toolTable();
        table.push_back(dummyTool());
        ToolHost host(world.view(), world, world.actions(), table);
        QMainWindow window;
        auto* actions = new ui::editing::ToolActions(window, host);
        actions->setEnabled(true, true);
        ui::editing::ToolStrip strip(actions->all());
        window.setCentralWidget(&strip);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.raise();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto buttons = strip.findChildren<QToolButton*>();
        QCOMPARE(buttons.size(), static_cast<qsizetype>(table.size()));
        QCOMPARE(buttons.back()->text(), QString("U"));
        QTest::keyClick(&window, Qt::Key_U);
        QCOMPARE(host.current(), QString("dummy"));
        QVERIFY(actions->find("dummy")->isChecked() && !actions->find("select")->isChecked());
        QTest::mouseClick(buttons.front(), Qt::LeftButton);
        QCOMPARE(host.current(), QString("select"));
        QTest::keyClick(&window, Qt::Key_U);
        const QPoint place = world.placeOf(0) + QPoint(3, 5);
        QTest::mouseClick(&world.view(), Qt::LeftButton, {}, place);
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(world.edits[0].tool, std::string("dummy"));
        window.takeCentralWidget();
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(ToolHostTest)
#include "tool_host_test.moc"
