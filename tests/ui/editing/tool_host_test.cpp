// SPDX-License-Identifier: GPL-3.0-or-later
#include "tool_world.h"

#include "editing/move_vertex.h"
#include "ui/editing/tool_actions.h"
#include "ui/editing/tool_strip.h"
#include "ui/tools/dummy_tool.h"

#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::editing::ToolHost;
using nunatak::ui::tools::Selection;

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
        QVERIFY(world.selected ==
                (Selection{{world.ref}, {{0, 0, static_cast<int>(vertex)}}})); // Delete is for it
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

    void whatIsWorkedOutElsewhereIsDoneWhenItIsKnown() {
        World world;
        auto actions = world.actions();
        std::vector<std::pair<ui::tools::Work, std::function<void(ui::tools::Proposal)>>> started;
        actions.inBackground = [&](const ui::tools::Work& work,
                                   std::function<void(ui::tools::Proposal)> then) {
            started.emplace_back(work, std::move(then));
        };
        ToolHost host(world.view(), world, actions, ui::tools::toolTable());
        const auto arrive = [&] {
            const auto [work, then] = started.back();
            then(work());
        };
        host.trigger("smooth");
        QCOMPARE(started.size(), std::size_t{1});
        QVERIFY(world.subject().endsWith(QStringLiteral("…")));
        // One at a time: of the values meanwhile the last.
        host.chooseNext("tolerance");
        host.chooseNext("tolerance");
        QCOMPARE(started.size(), std::size_t{1});
        arrive();
        QCOMPARE(started.size(), std::size_t{2});
        QVERIFY(world.subject().endsWith(QStringLiteral("…"))); // that was of another value
        arrive();
        QVERIFY2(world.subject().contains("vertices"), qPrintable(world.subject()));
        QVERIFY(world.edits.empty());
        // Asked for before it is known it is done as soon as it is.
        host.chooseNext("tolerance");
        QTest::keyClick(&world.view(), Qt::Key_Return);
        QVERIFY(world.edits.empty());
        arrive();
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(world.edits[0].tool, std::string("smooth"));
        QCOMPARE(world.edits[0].description.substr(0, 7), std::string("Smooth "));
        // What comes when another tool is in the hand is nobody's.
        host.chooseNext("tolerance");
        QTest::keyClick(&world.view(), Qt::Key_Return);
        host.trigger("select");
        arrive();
        QCOMPARE(world.edits.size(), std::size_t{1});
    }

    void theLineBelowOffersNothingThatIsRefused() {
        World world;
        const auto middle = world.view().terrain()->heightGrid.extent().center();
        world.layers.put("inventory", "beside",
                         outlineAround({middle.x + 2410, middle.y}, 600, 24)->geometry);
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        host.trigger("buffer");
        for (int i = 0; i < 10; ++i) {
            host.chooseNext("bufferBy"); // the widest
        }
        QVERIFY2(world.hint().contains("Enter: do it"), qPrintable(world.hint()));
        host.chooseNext("neighbours");
        host.chooseNext("neighbours"); // alone
        QVERIFY2(world.subject().contains("would overlap"), qPrintable(world.subject()));
        QVERIFY2(!world.hint().contains("do it"), qPrintable(world.hint()));
        host.chooseNext("neighbours");
        QVERIFY2(world.hint().contains("Enter: do it"), qPrintable(world.hint()));
    }

    void whoGetsSomethingAndHowMuchStandTogetherAtThePointer() {
        class Gives : public ui::tools::Tool {
            ui::tools::Hover hover(const ui::tools::Place& place, const ui::tools::Scene& scene) override {
                ui::tools::Proposal shown;
                shown.edit = nunatak::editing::moveVertex(scene.draft(), *scene.selection().only(), {0, 0, 0},
                                                          place.map);
                shown.note = "to Imja";
                shown.change = ui::tools::Proposal::Change::OfHand;
                return {{}, Qt::CrossCursor, shown};
            }
        };
        World world;
        auto table = ui::tools::toolTable();
        table.push_back(
            {"gives", "draw-path", "&Gives", "Gives", {}, [] { return std::make_unique<Gives>(); }, {}});
        ToolHost host(world.view(), world, world.actions(), table);
        host.trigger("gives");
        moveHeld(world.view(), world.placeOf(0) + QPoint(6, 9), Qt::NoButton);
        QTRY_VERIFY2(world.note().startsWith("to Imja · ") && world.note().endsWith(" %)"),
                     qPrintable(world.note()));
    }

    void aKeyThatIsLetGoDoesNothingThatWasOnlyShown() {
        World world;
        auto actions = world.actions();
        std::vector<std::pair<ui::tools::Work, std::function<void(ui::tools::Proposal)>>> started;
        actions.inBackground = [&](const ui::tools::Work& work,
                                   std::function<void(ui::tools::Proposal)> then) {
            started.emplace_back(work, std::move(then));
        };
        ToolHost host(world.view(), world, actions, ui::tools::toolTable());
        const auto arrive = [&] { // one at a time is worked out
            while (!started.empty()) {
                const auto [work, then] = started.back();
                started.pop_back();
                then(work());
            }
        };
        for (const char* tool : {"smooth", "simplify", "buffer"}) {
            for (const bool isKnown : {true, false}) {
                host.hold(tool);
                host.chooseNext(QLatin1String(tool) == "buffer" ? "bufferBy" : "tolerance");
                QVERIFY(!started.empty());
                if (isKnown) {
                    arrive();
                }
                host.letGo(tool, false);
                QCOMPARE(host.current(), QString("select"));
                if (!isKnown) {
                    arrive();
                }
                QVERIFY2(world.edits.empty(), tool);
            }
        }
        // What Enter asked for while it was held is done before the tool goes.
        host.hold("smooth");
        QTest::keyClick(&world.view(), Qt::Key_Return);
        host.letGo("smooth", false);
        QVERIFY(world.edits.empty());
        QCOMPARE(host.current(), QString("smooth"));
        arrive();
        QCOMPARE(world.edits.size(), std::size_t{1});
        QCOMPARE(host.current(), QString("select"));
    }

    void aKeyOfACommandWhileAHandHoldsSomethingOnlyPutsBack() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        const QPoint from = world.placeOf(world.vertexInSight());
        world.press(from);
        world.move(from + QPoint(8, 14));
        host.trigger("delete");
        world.release(from + QPoint(8, 14));
        QVERIFY(world.edits.empty());
        host.trigger("delete");
        QCOMPARE(world.edits.size(), std::size_t{1});
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
                moveHeld(view, at, Qt::LeftButton, held);
            }
            QTest::mouseRelease(&view, Qt::LeftButton, held, beside + QPoint(80, -60));
        };
        drag(Qt::ShiftModifier);
        QCOMPARE(view.cameraState(), camera);
        drag({});
        QVERIFY(view.cameraState() != camera);
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
