// SPDX-License-Identifier: GPL-3.0-or-later
#include "../viewport/viewport_fixture.h"
#include "editing/move_vertex.h"
#include "ui/editing/area_note.h"
#include "ui/editing/hint_line.h"
#include "ui/editing/open_cross.h"
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

/// What the line tools to come have in common: clicks are points, and what is done with the line comes last.
class LineTool : public ui::tools::Tool {
public:
    explicit LineTool(std::map<QString, int>& told) : m_told(told) {}

    ui::tools::Proposal click(const ui::tools::Place& place, const ui::tools::Scene&) override {
        m_points.push_back(place.map);
        return {};
    }
    ui::tools::Hover hover(const ui::tools::Place& place, const ui::tools::Scene& scene) override {
        if (m_points.empty()) {
            return {{}, Qt::CrossCursor, {}};
        }
        auto preview = standing(scene).proposal;
        preview.marks.lines.at(0).points.push_back(place.map);
        preview.note = QString("%1 points").arg(m_points.size() + 1);
        return {{}, Qt::CrossCursor, preview};
    }
    std::optional<ui::tools::Proposal> finish(const ui::tools::Scene& scene) override {
        if (m_points.empty()) {
            return std::nullopt;
        }
        ui::tools::Proposal proposal;
        if (m_points.size() < 2) {
            proposal.refusal = "One point is no line.";
            return proposal;
        }
        proposal.edit = nunatak::editing::moveVertex(scene.draft(), *scene.selection().only(), {0, 0, 0},
                                                     m_points.back());
        m_points.clear();
        return proposal;
    }
    std::optional<ui::tools::Proposal> pointBack(const ui::tools::Scene&) override {
        if (m_points.empty()) {
            return std::nullopt;
        }
        m_points.pop_back();
        return ui::tools::Proposal();
    }
    std::optional<ui::tools::Proposal> back(const ui::tools::Scene&) override {
        return std::exchange(m_points, {}).empty() ? std::nullopt : std::optional(ui::tools::Proposal());
    }
    ui::tools::Standing standing(const ui::tools::Scene&) const override {
        if (m_points.empty()) {
            return {"Click: begin a line", {}, {}};
        }
        ui::tools::Proposal begun;
        begun.marks.lines.push_back({m_points, false, ui::tools::Marks::Look::Drawn});
        return {"Right click or Enter: done", QString("%1 points").arg(m_points.size()), begun};
    }
    void choose(const QString& option, int value) override { m_told[option] = value; }

private:
    std::map<QString, int>& m_told;
    geo::Ring m_points;
};

ui::tools::ToolEntry lineTool(std::map<QString, int>& told) {
    return {
        "line",
        "draw-path",
        "&Line",
        "Draw a line",
        QKeySequence(Qt::Key_L),
        [&told] { return std::make_unique<LineTool>(told); },
        {},
        {{"magnet", "Magnet", "Draw to an edge", QKeySequence(Qt::Key_W), {"off", "ice edge", "ridge"}},
         {"size", "Size", "How far it reaches", QKeySequence(Qt::Key_E), {"10 m", "20 m", "40 m"}, 1, true}}};
}

/// Moves the first vertex of both outlines, as a shared boundary will.
ui::tools::ToolEntry pairTool(const outlines::OutlineRef& neighbour) {
    class Pull : public ui::tools::Gesture {
    public:
        Pull(const ui::tools::Scene& scene, const outlines::OutlineRef& other, geo::Point from)
            : m_draft(scene.draft()), m_refs{*scene.selection().only(), other}, m_from(from) {}
        ui::tools::Proposal at(const ui::tools::Place& place) override {
            auto draft = m_draft;
            std::vector<nunatak::editing::Reshape> both;
            for (const auto& ref : m_refs) {
                const auto first = draft.find(ref)->geometry[0].outer[0];
                const geo::Point moved{first.x + place.map.x - m_from.x, first.y + place.map.y - m_from.y};
                both.push_back({ref, {{0, 0, 0, 1, {moved}}}});
            }
            draft.reshape(std::move(both));
            ui::tools::Proposal proposal;
            proposal.edit = draft.edit("Pull", m_refs[0]);
            return proposal;
        }

    private:
        nunatak::editing::Draft m_draft;
        std::vector<outlines::OutlineRef> m_refs;
        geo::Point m_from;
    };
    class PairTool : public ui::tools::Tool {
    public:
        explicit PairTool(outlines::OutlineRef other) : m_other(std::move(other)) {}
        std::unique_ptr<ui::tools::Gesture> press(const ui::tools::Place& place,
                                                  const ui::tools::Scene& scene) override {
            return std::make_unique<Pull>(scene, m_other, place.map);
        }

    private:
        outlines::OutlineRef m_other;
    };
    return {"pair",
            "draw-path",
            "&Pair",
            "Pull two",
            QKeySequence(Qt::Key_P),
            [neighbour] { return std::make_unique<PairTool>(neighbour); },
            {}};
}

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
    void rightClick(QPoint place) const { QTest::mouseClick(m_view.get(), Qt::RightButton, {}, place); }
    /// As a keyboard sends it that repeats what is held.
    void key(QEvent::Type type, int code, bool isRepeated = false, Qt::KeyboardModifiers held = {}) const {
        QKeyEvent event(type, code, held, {}, isRepeated);
        QApplication::sendEvent(m_view.get(), &event);
    }
    QString hint() const { return m_view->findChild<ui::editing::HintLine*>()->words(); }
    QString subject() const {
        const auto* pill = m_view->findChild<QWidget*>("toolPill");
        return pill->isVisible() ? pill->findChild<QLabel*>("toolSubject")->text() : QString();
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

    void aRightClickOrEnterEndsALineAndBackspaceTakesOnePointBack() {
        World world;
        std::map<QString, int> told;
        auto table = ui::tools::toolTable();
        table.push_back(lineTool(told));
        ToolHost host(world.view(), world, world.actions(), table);
        QSignalSpy menus(&host, &ToolHost::menuRequested);
        host.trigger("line");
        QCOMPARE(world.hint(), QString("Click: begin a line"));
        const QPoint place = world.placeOf(world.vertexInSight()) + QPoint(6, 9);
        world.rightClick(place);
        QCOMPARE(menus.size(), 1); // nothing was begun
        const auto click = [&](QPoint at) { QTest::mouseClick(&world.view(), Qt::LeftButton, {}, at); };
        click(place);
        QCOMPARE(world.hint(), QString("Right click or Enter: done"));
        QTest::keyClick(&world.view(), Qt::Key_Return);
        QCOMPARE(world.note(), QString("One point is no line."));
        QVERIFY(world.edits.empty());
        click(place + QPoint(10, 0));
        QCOMPARE(world.subject(), QString("2 points"));
        // What a click would do is drawn before it.
        QTest::mouseMove(&world.view(), place + QPoint(20, 0));
        QTRY_COMPARE(world.note(), QString("3 points"));
        QTest::keyClick(&world.view(), Qt::Key_Backspace);
        QCOMPARE(world.subject(), QString("1 points"));
        click(place + QPoint(10, 0));
        QTest::keyClick(&world.view(), Qt::Key_Return);
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(world.edits[0].tool, std::string("line"));
        QCOMPARE(world.hint(), QString("Click: begin a line"));
        click(place);
        click(place + QPoint(3, 12));
        world.rightClick(place);
        QCOMPARE(world.edits.size(), std::size_t{2});
        QCOMPARE(menus.size(), 1);
        // A right drag is the camera's also while a line is being drawn.
        click(place);
        const auto camera = world.view().cameraState();
        QTest::mousePress(&world.view(), Qt::RightButton, {}, place);
        for (const int away : {10, 30}) {
            const QPointF at = place + QPoint(away, away);
            QMouseEvent event(QEvent::MouseMove, at, world.view().mapToGlobal(at), Qt::NoButton,
                              Qt::RightButton, {});
            QApplication::sendEvent(&world.view(), &event);
        }
        QTest::mouseRelease(&world.view(), Qt::RightButton, {}, place + QPoint(30, 30));
        QVERIFY(world.view().cameraState() != camera);
        QCOMPARE(world.subject(), QString("1 points"));
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        QCOMPARE(host.current(), QString("line"));
        QCOMPARE(world.subject(), QString());
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        QCOMPARE(host.current(), QString("select"));
    }

    void optionsOfAToolAreDataAndStandInThePill() {
        World world;
        std::map<QString, int> told;
        const std::vector table{dummyTool(), lineTool(told)};
        ToolHost host(world.view(), world, world.actions(), table);
        QMainWindow window;
        auto* actions = new ui::editing::ToolActions(window, host);
        actions->setEnabled(true, true);
        QCOMPARE(actions->options().size(), 2);
        QVERIFY(!actions->options()[0]->isEnabled()); // this one has none
        host.trigger("line");
        QVERIFY(actions->options()[0]->isEnabled());
        QCOMPARE(told, (std::map<QString, int>{{"magnet", 0}, {"size", 1}}));
        auto* magnet = world.view().findChild<QToolButton*>("magnetOption");
        QVERIFY(magnet->isVisible());
        QCOMPARE(magnet->text(), QString("Magnet: off (W)"));
        actions->options()[0]->trigger();
        QCOMPARE(told["magnet"], 1);
        QCOMPARE(magnet->text(), QString("Magnet: ice edge (W)"));
        QTest::mouseClick(magnet, Qt::LeftButton);
        QCOMPARE(told["magnet"], 2);
        actions->options()[0]->trigger();
        QCOMPARE(told["magnet"], 0);
        const auto camera = world.view().cameraState();
        const auto turn = [&](int by, Qt::KeyboardModifiers held) {
            const QPointF at(world.view().rect().center());
            QWheelEvent event(at, world.view().mapToGlobal(at), {}, {0, by}, Qt::NoButton, held,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(&world.view(), &event);
        };
        turn(120, Qt::ShiftModifier);
        QCOMPARE(told["size"], 2);
        turn(120, Qt::ShiftModifier);
        QCOMPARE(told["size"], 2); // it ends there
        QCOMPARE(world.view().cameraState(), camera);
        // What was chosen stays for the next time.
        host.trigger("dummy");
        QVERIFY(!actions->options()[0]->isEnabled());
        QVERIFY(world.view().findChild<QToolButton*>("sizeOption") == nullptr ||
                !world.view().findChild<QToolButton*>("sizeOption")->isVisible());
        told.clear();
        host.trigger("line");
        QCOMPARE(told["size"], 2);
        turn(120, {});
        QVERIFY(world.view().cameraState() != camera);
        QVERIFY(
            ui::tools::asMarkdown(table).contains("| W | Magnet: off, ice edge, ridge | Draw to an edge |"));
    }

    void aToolLastsWhileItsKeyIsHeldAndStaysAfterATap() {
        World world;
        std::map<QString, int> told;
        auto table = ui::tools::toolTable();
        table.push_back(lineTool(told));
        ToolHost host(world.view(), world, world.actions(), table);
        QMainWindow window;
        auto* actions = new ui::editing::ToolActions(window, host);
        actions->setEnabled(true, true);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.raise();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto press = [&] { QTest::keyPress(&window, Qt::Key_L); };
        const auto release = [&] { QTest::keyRelease(&window, Qt::Key_L); };
        const auto repeat = [&] {
            for (const auto type : {QEvent::KeyRelease, QEvent::ShortcutOverride, QEvent::KeyPress}) {
                QKeyEvent event(type, Qt::Key_L, {}, {}, true);
                QApplication::sendEvent(&window, &event);
            }
        };
        press();
        release();
        QCOMPARE(host.current(), QString("line")); // a tap
        host.trigger("select");
        press();
        QCOMPARE(host.current(), QString("line"));
        for (int i = 0; i < 5; ++i) {
            QTest::qWait(90);
            repeat();
        }
        QCOMPARE(host.current(), QString("line"));
        release();
        QCOMPARE(host.current(), QString("select"));
        // Used is held, however short, and what was begun is done.
        const QPoint place = world.placeOf(world.vertexInSight()) + QPoint(6, 9);
        press();
        QTest::mouseClick(&world.view(), Qt::LeftButton, {}, place);
        QTest::mouseClick(&world.view(), Qt::LeftButton, {}, place + QPoint(8, 8));
        release();
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(host.current(), QString("select"));
        // What cannot be done is not lost.
        press();
        QTest::mouseClick(&world.view(), Qt::LeftButton, {}, place);
        release();
        QCOMPARE(host.current(), QString("line"));
        QCOMPARE(world.subject(), QString("1 points"));
        host.trigger("select");
        // The keyboard goes to another window: nobody will tell of the release.
        press();
        QTest::qWait(400);
        QEvent gone(QEvent::WindowDeactivate);
        QApplication::sendEvent(&window, &gone);
        QCOMPARE(host.current(), QString("select"));
        release();
        QCOMPARE(host.current(), QString("select"));
    }

    void aDragOutlivesTheKeyOfItsTool() {
        World world;
        auto table = ui::tools::toolTable();
        auto other = *world.star();
        other.uuid = "other";
        table.push_back(pairTool(world.layers.put("inventory", "other", other.geometry)));
        ToolHost host(world.view(), world, world.actions(), table);
        const QPoint from = world.placeOf(0);
        host.hold("pair");
        world.press(from);
        world.move(from + QPoint(8, 14));
        host.letGo("pair", false);
        QCOMPARE(host.current(), QString("pair"));
        world.release(from + QPoint(8, 14));
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(host.current(), QString("select"));
    }

    void arrowsMoveSelectedVerticesInOneStepForEachPressElseTheView() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        const auto camera = world.view().cameraState();
        const int vertex = static_cast<int>(world.vertexInSight());
        const Selection chosen{{world.ref}, {{0, 0, vertex}}};
        world.select(chosen);
        host.refresh();
        const auto place = [&] { return world.star()->geometry[0].outer[static_cast<std::size_t>(vertex)]; };
        const auto before = place();
        QTest::keyClick(&world.view(), Qt::Key_Right);
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(place(), (geo::Point{before.x + 1, before.y}));
        QVERIFY(world.selected == chosen);
        QTest::keyClick(&world.view(), Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(place(), (geo::Point{before.x + 1, before.y + 10}));
        // A held key repeats: one step.
        world.key(QEvent::KeyPress, Qt::Key_Left);
        for (int i = 0; i < 20; ++i) {
            world.key(QEvent::KeyRelease, Qt::Key_Left, true);
            world.key(QEvent::KeyPress, Qt::Key_Left, true);
        }
        QCOMPARE(world.edits.size(), std::size_t{2});
        QVERIFY2(world.note().contains("²"), qPrintable(world.note()));
        world.key(QEvent::KeyRelease, Qt::Key_Left);
        QCOMPARE(world.edits.size(), std::size_t{3});
        QCOMPARE(place(), (geo::Point{before.x - 20, before.y + 10}));
        // Escape, and another step, put back what is under way.
        world.key(QEvent::KeyPress, Qt::Key_Left);
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        world.key(QEvent::KeyRelease, Qt::Key_Left);
        QVERIFY(world.selected == chosen);
        world.key(QEvent::KeyPress, Qt::Key_Left);
        host.cancel();
        world.key(QEvent::KeyRelease, Qt::Key_Left);
        QCOMPARE(world.edits.size(), std::size_t{3});
        // Where the keyboard goes away, it is done.
        world.key(QEvent::KeyPress, Qt::Key_Left);
        QFocusEvent gone(QEvent::FocusOut);
        QApplication::sendEvent(&world.view(), &gone);
        QCOMPARE(world.edits.size(), std::size_t{4});
        QCOMPARE(world.view().cameraState(), camera);
        world.select({{world.ref}, {}});
        host.refresh();
        QTest::keyClick(&world.view(), Qt::Key_Right);
        QCOMPARE(world.edits.size(), std::size_t{4});
        QVERIFY(world.view().cameraState() != camera);
    }

    void whatMovesAlongIsWhiteWhatGoesIsPaleAndAllIsDrawnAsItWouldBe() {
        World world;
        world.view().setView(ui::viewport::Viewport::View::Nadir);
        const auto middle = world.view().terrain()->heightGrid.extent().center();
        auto shape = outlineAround({middle.x + 2600, middle.y}, 600, 24)->geometry;
        // Of a layer whose outlines may lie over one another.
        const auto other = world.layers.put("lakes", "other", shape);
        world.view().setLayer("lakes", world.layers.all["lakes"].all(), {QColor(255, 0, 0), 2, true});
        auto table = ui::tools::toolTable();
        table.push_back(pairTool(other));
        ToolHost host(world.view(), world, world.actions(), table);
        host.trigger("pair");
        world.view().grabFramebuffer();
        const auto isWhiteAt = [&](geo::Point map) {
            if (!QTest::qWaitFor([&] { return world.view().isSharp(); }, 10000)) {
                return false;
            }
            const auto picture = world.view().grabFramebuffer();
            const QPoint at = world.view().project(map)->toPoint();
            for (int y = at.y() - 3; y <= at.y() + 3; ++y) {
                for (int x = at.x() - 3; x <= at.x() + 3; ++x) {
                    const QColor color = picture.pixelColor(x, y);
                    if (color.red() > 240 && color.green() > 240 && color.blue() > 240) {
                        return true;
                    }
                }
            }
            return false;
        };
        const auto mean = [](geo::Point a, geo::Point b) {
            return geo::Point{(a.x + b.x) / 2, (a.y + b.y) / 2};
        };
        const QPoint from = world.placeOf(0);
        const QPoint to = from + QPoint(20, 30);
        world.press(from);
        world.move(to);
        const auto a = *world.ground(from);
        const auto b = *world.ground(to);
        const geo::Point moved{shape[0].outer[0].x + b.x - a.x, shape[0].outer[0].y + b.y - a.y};
        QVERIFY(isWhiteAt(mean(moved, shape[0].outer[1])));
        QVERIFY(!isWhiteAt(mean(shape[0].outer[8], shape[0].outer[9]))); // does not move
        if (const auto folder = qEnvironmentVariable("NUNATAK_PICTURES"); !folder.isEmpty()) {
            world.view().grabFramebuffer().save(folder + "/pair.png");
        }
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        QVERIFY(!isWhiteAt(mean(moved, shape[0].outer[1])));
        world.release(to);
        QVERIFY(world.edits.empty());
        // Both in one step.
        world.press(from);
        world.move(to);
        world.release(to);
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(world.edits[0].changes.size(), std::size_t{2});
    }

    void wordsInTheViewDoNotLieOverEachOther() {
        World world;
        auto& view = world.view();
        view.setView(ui::viewport::Viewport::View::Nadir);
        const auto middle = view.terrain()->heightGrid.extent().center(); // ground wherever one points
        view.frame({middle.x - 400, middle.y - 400, middle.x + 400, middle.y + 400}, false);
        view.grabFramebuffer();
        ToolHost host(view, world, world.actions(), ui::tools::toolTable());
        host.refresh();
        auto* pill = view.findChild<QWidget*>("toolPill");
        auto* hint = view.findChild<QWidget*>("hintLine");
        auto* note = view.findChild<QWidget*>("pointerNote");
        auto* toast = view.findChild<QWidget*>("toast");
        QVERIFY(pill->isVisible() && hint->isVisible());
        // Something in both corners, as the window has it.
        QLabel left("12 km", &view);
        left.setGeometry(14, view.height() - 44, 120, 30);
        left.show();
        QLabel top("Inventory", &view);
        top.setGeometry(10, 10, view.width() / 2, 30);
        top.show();
        QTRY_VERIFY(!hint->geometry().intersects(left.geometry()));
        QTRY_VERIFY(!pill->geometry().intersects(top.geometry()));
        host.offer("Something was done.", "Undo", [] {});
        QVERIFY(!toast->geometry().intersects(hint->geometry()));
        const int vertex = static_cast<int>(world.vertexInSight());
        world.select({{world.ref}, {{0, 0, vertex}}});
        host.refresh();
        for (const QPoint at : {view.rect().center(), hint->geometry().center() - QPoint(0, 40),
                                pill->geometry().center(), toast->geometry().center() - QPoint(30, 40),
                                QPoint(view.width() - 5, view.height() - 5), QPoint(5, view.height() / 2)}) {
            QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
            QApplication::sendEvent(&view, &move);
            world.key(QEvent::KeyPress, Qt::Key_Left);
            QVERIFY(note->isVisible());
            QVERIFY(note->geometry().adjusted(-30, -90, 30, 90).contains(at));
            QVERIFY(view.rect().contains(note->geometry()));
            QVERIFY(!note->geometry().contains(at));
            for (const auto* other : std::initializer_list<const QWidget*>{pill, hint, toast, &left, &top}) {
                QVERIFY2(!note->geometry().intersects(other->geometry()), qPrintable(other->objectName()));
            }
            QTest::keyClick(&view, Qt::Key_Escape);
            world.select({{world.ref}, {{0, 0, vertex}}});
        }
    }

    void aDoubleClickThatFliesLeavesTheSelectionAsItIs() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        auto& view = world.view();
        const auto twice = [&view](QPoint at) {
            QTest::mouseClick(&view, Qt::LeftButton, {}, at);
            QTest::mouseDClick(&view, Qt::LeftButton, {}, at);
        };
        const QPoint inside = world.view().project(world.star()->extent().center())->toPoint();
        const auto camera = view.cameraState();
        world.select({});
        host.refresh();
        twice(inside);
        QVERIFY(view.isFlying());
        QVERIFY(world.selected.empty());
        QVERIFY(view.restoreCamera(camera));
        // What was selected stays it, with its vertices, wherever the hand flies.
        const Selection chosen{{world.ref}, {{0, 0, static_cast<int>(world.vertexInSight())}}};
        world.select(chosen);
        host.refresh();
        twice(QPoint(view.width() / 2, view.height() - 30));
        QVERIFY(world.selected == chosen);
        QVERIFY(view.restoreCamera(camera));
        // A click alone selects.
        QTest::qWait(QApplication::doubleClickInterval() + 50);
        world.select({});
        QTest::mouseClick(&view, Qt::LeftButton, {}, inside);
        QVERIFY(world.selected == (Selection{{world.ref}, {}}));
        QVERIFY(world.edits.empty());
    }

    void withShiftThePressBesideTheTerrainMovesNoMap() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        auto& view = world.view();
        auto far = view.camera();
        far.viewHeight *= 6;
        QVERIFY(view.restoreCamera(far.toText()));
        view.grabFramebuffer();
        const QPoint beside(8, view.height() - 8);
        QVERIFY(!view.pick(beside));
        const auto camera = view.cameraState();
        const auto drag = [&](Qt::KeyboardModifiers held) {
            QTest::mousePress(&view, Qt::LeftButton, held, beside);
            for (const QPoint at : {beside + QPoint(30, -20), beside + QPoint(80, -60)}) {
                QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                                 held);
                QApplication::sendEvent(&view, &move);
            }
            QTest::mouseRelease(&view, Qt::LeftButton, held, beside + QPoint(80, -60));
        };
        drag(Qt::ShiftModifier);
        QCOMPARE(view.cameraState(), camera);
        drag({});
        QVERIFY(view.cameraState() != camera);
    }

    void anOfferToTheHandStandsBesideIt() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        auto* toast = world.view().findChild<QWidget*>("toast");
        const QPoint at = world.placeOf(world.vertexInSight());
        QTest::mouseMove(&world.view(), at);
        QTest::qWait(20);
        bool isTaken = false;
        host.offerAtPointer("This is a reference.", "Take it", [&] { isTaken = true; });
        QVERIFY(toast->isVisible());
        const QRect near = QRect(at - QPoint(30, 30), QSize(60, 60));
        QVERIFY(toast->geometry().intersects(near) && !toast->geometry().contains(at));
        QTest::mouseClick(toast->findChild<QPushButton*>("toastButton"), Qt::LeftButton);
        QVERIFY(isTaken && !toast->isVisible());
        // It goes when the hand goes on.
        host.offerAtPointer("This is a reference.", "Take it", [] {});
        QTest::mouseClick(&world.view(), Qt::LeftButton, {}, at);
        QVERIFY(!toast->isVisible());
    }

    void theCrossHasTheBadgeOfTheToolAndAnOpenMiddle() {
        QPixmap red(16, 16);
        red.fill(Qt::red);
        const auto bare = ui::editing::openCross({}, 1).pixmap().toImage();
        const auto cursor = ui::editing::openCross(QIcon(red), 1);
        const auto image = cursor.pixmap().toImage();
        QCOMPARE(image.pixelColor(cursor.hotSpot()).alpha(), 0);
        QVERIFY(image.pixelColor(cursor.hotSpot() + QPoint(8, 0)).alpha() > 200);
        const auto reds = [](const QImage& picture) {
            int count = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    count += picture.pixelColor(x, y) == QColor(Qt::red) ? 1 : 0;
                }
            }
            return count;
        };
        QCOMPARE(reds(bare), 0);
        QVERIFY(reds(image) > 200);
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
