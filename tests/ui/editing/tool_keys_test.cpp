// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do to tools: lines that end, options, a key that is held, arrows.
#include "base/error.h"
#include "sample_tools.h"
#include "tool_world.h"
#include "ui/base/held_key.h"
#include "ui/editing/tool_actions.h"
#include "ui/editing/typed_place.h"
#include "ui/tools/dummy_tool.h"

#include <QLineEdit>
#include <QMainWindow>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::editing::ToolHost;
using nunatak::ui::tools::Selection;

namespace {

/// A hand that has put three points of a line.
struct BegunLine {
    World world;
    std::map<QString, int> told;
    ToolHost host{world.view(), world, world.actions(), table()};

    BegunLine() {
        host.trigger("line");
        const QPoint place = world.placeOf(world.vertexInSight()) + QPoint(6, 9);
        for (const int x : {0, 10, 20}) {
            QTest::mouseClick(&world.view(), Qt::LeftButton, {}, place + QPoint(x, 0));
        }
    }

private:
    std::vector<ui::tools::ToolEntry> table() {
        auto table = ui::tools::toolTable();
        table.push_back(lineTool(told));
        return table;
    }
};

} // namespace

class ToolKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesAreReadAsPeopleTypeThem() {
        const auto utm = geo::Crs::fromUserInput("EPSG:32645");
        const auto read = [&](const char* text) {
            return ui::editing::typedPlace(QString::fromUtf8(text), utm);
        };
        const geo::Point place{483210.5, 3101234.25};
        for (const char* text :
             {"483210.5 3101234.25", " 483210.5, 3101234.25 ", "483210,5 3101234,25", "483210.5;3101234.25",
              "483210.5 E 3101234.25 N", "N 3101234.25 E 483210.5", "483210.5\t3101234.25"}) {
            QVERIFY2(read(text) == place, text);
        }
        for (const char* text : {"483,210.5 3,101,234.25", "E 483,210.5  N 3,101,234.25"}) {
            QVERIFY2(read(text) == place, text);
        }
        QVERIFY(read("582,100 5403895") == (geo::Point{582100, 5403895}));
        QVERIFY(read("616,100 5,178,094") == (geo::Point{616100, 5178094}));
        const geo::Point comma = read("27,988 N 86,925 E");
        const geo::Point point = read("27.988 N 86.925 E");
        QVERIFY(comma == point);
        QVERIFY(ui::editing::typedPlace(ui::editing::placeText(place), utm) == place);
        const geo::Point base = read("27.98806 N 86.92528 E");
        QVERIFY2(std::abs(base.x - 492655.5) < 50 && std::abs(base.y - 3095887) < 400,
                 qPrintable(QString("%1 %2").arg(base.x).arg(base.y)));
        for (const char* text : {"27.98806°N, 86.92528°E", "86.92528 E 27.98806 N", "N27.98806 E86.92528",
                                 "27°59'17.016\"N 86°55'31.008\"E", "27° 59.2836′ N 86° 55.5168′ E"}) {
            const geo::Point same = read(text);
            QVERIFY2(std::hypot(same.x - base.x, same.y - base.y) < 0.1, text);
        }
        const geo::Point south = read("27.98806 S 86.92528 E");
        QVERIFY(south.y < 0);
        const auto back = ui::editing::typedPlace(ui::editing::latitudeLongitudeText(place, utm), utm);
        QVERIFY(std::hypot(back.x - place.x, back.y - place.y) < 0.1);
    }

    void whatIsNoPlaceIsRefusedWithASentence() {
        const auto utm = geo::Crs::fromUserInput("EPSG:32645");
        const auto why = [&](const char* text) {
            try {
                ui::editing::typedPlace(QString::fromUtf8(text), utm);
            } catch (const Error& error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        for (const char* text : {"", "483210.5", "here there", "1 2 3", "483210.5 E 3101234.25", "27 N 28 N",
                                 "12 13 14 15 N E", "nan nan", "1e999 1e999"}) {
            QVERIFY2(why(text).startsWith("Type easting and northing"), text);
        }
        // Nobody knows which of both is the latitude.
        QVERIFY(why("27.98806 86.92528").startsWith("Which is the latitude?"));
        QVERIFY(why("27.98806° 86.92528°").startsWith("Which is the latitude?"));
        QVERIFY(why("95.5 N 86.9 E").contains("up to 90"));
        QVERIFY(why("27°61'N 86°55'E").contains("up to 60"));
    }

    void enterTypesThePlaceOfTheSelectedVertex() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        auto* field = world.view().findChild<QLineEdit*>("vertexPlaceField");
        const int vertex = static_cast<int>(world.vertexInSight());
        world.key(QEvent::KeyPress, Qt::Key_Return); // of what?
        QVERIFY(!field->isVisible());
        world.select({{world.ref}, {{0, 0, vertex}}});
        host.refresh();
        const geo::Point from = world.star()->geometry[0].outer.at(static_cast<std::size_t>(vertex));
        QVERIFY(world.view()
                    .findChild<QToolButton*>("vertexPlace")
                    ->text()
                    .contains(ui::editing::placeText(from)));
        QTest::keyClick(&world.view(), Qt::Key_Return);
        QVERIFY(field->isVisible());
        QCOMPARE(field->text(), ui::editing::placeText(from));
        // What is no place is said, and nothing is lost.
        field->setText("here");
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(world.note().startsWith("Type easting and northing"));
        QVERIFY(field->isVisible() && world.edits.empty());
        field->setText(QString("%1 %2").arg(from.x + 20.25, 0, 'f', 2).arg(from.y - 10, 0, 'f', 2));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!field->isVisible());
        QVERIFY(world.note().isEmpty());
        QCOMPARE(world.edits.size(), std::size_t{1});
        const geo::Point to = world.star()->geometry[0].outer.at(static_cast<std::size_t>(vertex));
        QVERIFY(std::hypot(to.x - from.x - 20.25, to.y - from.y + 10) < 0.01);
        // Esc leaves it, and the vertex selected.
        QTest::keyClick(&world.view(), Qt::Key_Return);
        QVERIFY(field->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QCOMPARE(world.selected.vertices.size(), std::size_t{1});
        // A refused place stays in the field, with the reason.
        const auto& ring = world.star()->geometry[0].outer;
        const geo::Point far = ring.at((static_cast<std::size_t>(vertex) + ring.size() / 2) % ring.size());
        QTest::keyClick(&world.view(), Qt::Key_Return);
        field->setText(ui::editing::placeText({2 * far.x - to.x, 2 * far.y - to.y}));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(field->isVisible());
        QVERIFY2(!world.note().isEmpty(), qPrintable(world.note()));
        QCOMPARE(world.edits.size(), std::size_t{1});
    }

    void deleteAtALitVertexTakesThatVertexAndNeverTheGlacier() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        const auto count = world.star()->geometry[0].outer.size();
        moveHeld(world.view(), world.placeOf(world.vertexInSight()), Qt::NoButton);
        host.trigger("delete");
        QCOMPARE(world.edits.size(), std::size_t{1});
        QVERIFY(world.star() != nullptr);
        QCOMPARE(world.star()->geometry[0].outer.size(), count - 1);
    }

    void whileALineIsBegunDeleteTakesItsLastPointAndOtherKeysOfTheSelectionWait() {
        BegunLine begun;
        World& world = begun.world;
        ToolHost& host = begun.host;
        QCOMPARE(world.subject(), QString("3 points"));
        host.trigger("delete");
        QCOMPARE(world.subject(), QString("2 points"));
        for (const char* key :
             {"acceptOutline", "doubtOutline", "notAGlacier", "unreviewOutline", "merge", "explode"}) {
            host.trigger(key);
            QVERIFY2(world.note().startsWith("First end what is begun"), key);
            QCOMPARE(world.subject(), QString("2 points"));
        }
        // Nor by a button that asks for the same.
        host.carryOut([](const auto&) { return ui::tools::Proposal(); }, "acceptOutline");
        QVERIFY(world.note().startsWith("First end what is begun"));
        QVERIFY(world.edits.empty());
        QVERIFY(world.star() != nullptr);
        host.trigger("delete");
        host.trigger("delete");
        QVERIFY(!host.isBegun());
        QVERIFY(world.star() != nullptr); // the last point was not the glacier
        host.trigger("delete");
        QVERIFY(world.star() == nullptr);
    }

    void whileALineIsBegunAKeyOfAnotherToolLosesNothing() {
        BegunLine begun;
        World& world = begun.world;
        ToolHost& host = begun.host;
        for (const char* tool : {"redraw", "brush", "line"}) {
            host.trigger(tool);
            QVERIFY2(world.note().startsWith("First end what is begun"), tool);
            QCOMPARE(host.current(), QString("line"));
            QCOMPARE(world.subject(), QString("3 points"));
        }
        host.hold("redraw"); // held, too
        host.letGo("redraw", false);
        QCOMPARE(world.subject(), QString("3 points"));
        host.back();
        host.trigger("redraw");
        QCOMPARE(host.current(), QString("redraw"));
    }

    void whatIsSaidOfAStepWhileItIsDoneStandsBesideWhatTheToolSays() {
        World world;
        ToolHost* hand = nullptr;
        auto actions = world.actions();
        actions.commit = [&hand, commit = actions.commit](const nunatak::editing::Edit& edit) {
            hand->offerUndo("It is of 2020 now.");
            return commit(edit);
        };
        ToolHost host(world.view(), world, actions, ui::tools::toolTable());
        hand = &host;
        host.trigger("delete");
        const auto* toast = world.view().findChild<QLabel*>("toastSentence");
        QVERIFY2(toast->text().endsWith(" deleted. It is of 2020 now."), qPrintable(toast->text()));
    }

    void pressingTSaysWhatItMeansNow() {
        World world;
        ToolHost host(world.view(), world, world.actions(), ui::tools::toolTable());
        host.refresh();
        host.chooseNext("neighbours");
        QVERIFY(world.note().startsWith("No overlap: "));
        host.chooseNext("neighbours");
        QVERIFY(world.note().startsWith("Alone: "));
        QVERIFY(
            world.view().findChild<QToolButton*>("neighboursOption")->toolTip().contains("may leave a gap"));
        // With nothing selected, there is nothing to choose it for.
        world.select({});
        host.refresh();
        QVERIFY(!world.view().findChild<QToolButton*>("neighboursOption")->isVisible());
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
            moveHeld(world.view(), at, Qt::RightButton);
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
        host.back();
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

    void aTapIsOneHoweverLateTheWindowComesToIt() {
        QMainWindow window;
        QAction action(&window);
        action.setShortcut(QKeySequence(Qt::Key_E));
        ui::HeldKey key(action);
        std::vector<bool> taps;
        connect(&key, &ui::HeldKey::released, &window, [&](bool isTap) { taps.push_back(isTap); });
        // As the system tells of a key, and when; the window hears of its release later.
        const auto hold = [&](quint64 from, quint64 to, int heardAfter) {
            QKeyEvent asked(QEvent::ShortcutOverride, Qt::Key_E, {});
            asked.setTimestamp(from);
            QCoreApplication::sendEvent(&window, &asked);
            QShortcutEvent shortcut(action.shortcut(), 1);
            QCoreApplication::sendEvent(&action, &shortcut);
            QTest::qWait(heardAfter);
            QKeyEvent released(QEvent::KeyRelease, Qt::Key_E, {});
            released.setTimestamp(to);
            QCoreApplication::sendEvent(&window, &released);
        };
        hold(1000, 1080, 400);
        hold(2000, 2900, 0);
        hold(0, 0, 400); // events that say no time
        hold(0, 0, 0);
        QCOMPARE(taps, (std::vector<bool>{true, false, false, true}));
    }

    void aDragOutlivesTheKeyOfItsTool() {
        World world;
        auto table = ui::tools::toolTable();
        auto other = *world.star();
        other.uuid = "other";
        table.push_back(pairTool(world.layers.put("lakes", "other", other.geometry))); // which may overlap
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
};

NUNATAK_VIEWPORT_TEST_MAIN(ToolKeysTest)
#include "tool_keys_test.moc"
