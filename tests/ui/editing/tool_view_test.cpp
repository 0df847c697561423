// SPDX-License-Identifier: GPL-3.0-or-later
// What the host of the tools draws and says in the view.
#include "geo/shape_operations.h"
#include "sample_tools.h"
#include "tool_world.h"
#include "ui/editing/live_areas.h"
#include "ui/editing/open_cross.h"
#include "ui/editing/tool_pill.h"

#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::editing::ToolHost;
using nunatak::ui::tools::Selection;

namespace {

outlines::OutlineHandle square(double side, geo::Point corner = {}) {
    outlines::Outline outline;
    outline.uuid = "square";
    outline.geometry = {{{corner,
                          {corner.x + side, corner.y},
                          {corner.x + side, corner.y + side},
                          {corner.x, corner.y + side}},
                         {}}};
    return outlines::share(std::move(outline));
}

ui::tools::Option toleranceOption() {
    ui::tools::Option tolerance;
    tolerance.id = "tolerance";
    tolerance.text = "Tolerance";
    tolerance.values = QStringList{"10 m", "15 m"};
    tolerance.key = QKeySequence("Shift+U");
    return tolerance;
}

} // namespace

class ToolViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theChangeOfAreaStandsAtThePointer() {
        nunatak::editing::Edit edit;
        ui::editing::LiveAreas areas({});
        edit.changes = {{"inventory", square(1000), square(1100)}};
        QCOMPARE(areas.changeText(edit), QString("+0.210 km² (+21.0 %)"));
        edit.changes = {{"inventory", square(1000), square(900)}, {"inventory", square(1000), square(1000)}};
        QVERIFY(areas.changeText(edit).startsWith("−0.19"));
        QVERIFY(areas.changeText(edit).endsWith("(−9.5 %)"));
        edit.changes = {{"inventory", square(1000), square(70)}};
        QVERIFY2(areas.changeText(edit).endsWith("(−99.5 %)"), qPrintable(areas.changeText(edit)));
        edit.changes = {{"inventory", square(1000), square(1000)}};
        QVERIFY(areas.changeText(edit).isEmpty());
    }

    void areasAreThoseOnTheGroundWhereTheMapShowsThemLarger() {
        // In Mercator at 60° N a square of the map is about four times as large as on the ground.
        const auto crs = geo::Crs::fromUserInput("EPSG:3395");
        const geo::Point place =
            geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"), crs)(geo::Point{10, 60});
        nunatak::editing::Edit edit;
        ui::editing::LiveAreas areas({[&] { return crs; }, {}});
        const auto before = square(2000, place);
        edit.changes = {{"inventory", before, square(2200, place)}};
        const double change = geo::geodesicArea(edit.changes[0].after->geometry, crs) -
                              geo::geodesicArea(before->geometry, crs);
        QVERIFY(change < 0.27 * (2200 * 2200 - 2000 * 2000));
        QCOMPARE(areas.changeText(edit), QString("+%1 km² (+21.0 %)").arg(change / 1e6, 0, 'f', 3));
        const ui::tools::Selection selection{{{"inventory", before->uuid}}, {}};
        QCOMPARE(
            areas.standText(edit, selection),
            QString("%1 km²").arg(geo::geodesicArea(edit.changes[0].after->geometry, crs) / 1e6, 0, 'f', 3));
    }

    void aGlacierInTheHandIsHeldAgainstStartModelAndExpert() {
        int asked = 0;
        ui::editing::HeldAgainst held{square(1000), square(1100), square(1050)};
        ui::editing::LiveAreas areas({{}, [&](const outlines::OutlineRef&) {
                                          ++asked;
                                          return held;
                                      }});
        nunatak::editing::Edit edit;
        const auto before = square(1000);
        const ui::tools::Selection selection{{{"inventory", before->uuid}}, {}};
        edit.changes = {{"inventory", before, square(1020)}};
        QCOMPARE(areas.standText(edit, selection),
                 QString("1.040 km² · against start +4.0 % · model −14.0 % · expert −5.6 %"));
        edit.changes = {{"inventory", before, square(1000)}};
        QCOMPARE(areas.standText(edit, selection),
                 QString("1.000 km² · against start 0.00 % · model −17.4 % · expert −9.3 %"));
        QCOMPARE(asked, 1); // once for all moves of a hand
        areas.forget();
        held = {square(1000), square(1000), nullptr};
        QCOMPARE(areas.standText(edit, selection), QString("1.000 km² · against start and model 0.00 %"));
        QCOMPARE(asked, 2);
        // Of another layer, one that is new, and one that goes nothing is said.
        edit.changes = {{"other", before, square(1020)}};
        QVERIFY(areas.standText(edit, selection).isEmpty());
        edit.changes = {{"inventory", before, nullptr}};
        QVERIFY(areas.standText(edit, selection).isEmpty());
        edit.changes = {{"inventory", nullptr, square(1020)}};
        QVERIFY(areas.standText(edit, selection).isEmpty());
    }

    void thePillGoesBelowWhatTakesItsRowBeforeItShortensWhatItSays() {
        World world;
        world.view().resize(1000, world.view().height());
        // The line that says what is edited, and the bar of dates beside it.
        QLabel line("Inventory", &world.view());
        line.setGeometry(10, 10, 300, 30);
        line.show();
        QLabel dates("2000 · 2013", &world.view());
        dates.setGeometry(520, 10, 300, 60);
        dates.show();
        ui::editing::ToolPill pill(world.view());
        const auto tolerance = toleranceOption();
        pill.setOptions({tolerance});
        pill.setChosen("tolerance", 0);
        const auto* subject = pill.findChild<QLabel*>("toolSubject");
        const auto* option = pill.findChild<QToolButton*>("toleranceOption");
        pill.say("Khumbu");
        QTRY_COMPARE(pill.y(), 47); // beside it there is room for that
        pill.say("Rongbuk Glacier and East Rongbuk Glacier · 1,850 → 1,752 vertices");
        QTRY_COMPARE(pill.y(), 77);
        QCOMPARE(subject->text(),
                 QString("Rongbuk Glacier and East Rongbuk Glacier · 1,850 → 1,752 vertices"));
        QCOMPARE(option->text(), QString("Tolerance: 10 m (Shift+U)"));
        // Where the line has no room beside the dates, either, it stands below them, and the pill below it.
        line.setProperty("ofCorner", true);
        line.setGeometry(10, 75, 900, 30);
        QTRY_COMPARE(pill.y(), 112);
    }

    void thePillShortensWhatItSaysInANarrowView() {
        World world;
        const auto tolerance = toleranceOption();
        ui::editing::ToolPill pill(world.view());
        pill.setOptions({tolerance});
        pill.setChosen("tolerance", 0);
        const auto* subject = pill.findChild<QLabel*>("toolSubject");
        const auto* option = pill.findChild<QToolButton*>("toleranceOption");
        const auto isWhole = [&](const QWidget& part) { return part.width() >= part.sizeHint().width(); };
        const QString said = "Rongbuk Glacier · 1,850 → 1,752 vertices · 6 lines stay · −0.123 km² (−0.2 %)";
        world.view().resize(1000, world.view().height());
        pill.say(said);
        QCOMPARE(subject->text(), said);
        const int room = pill.width();
        for (const int narrower : {0, 40, 120, 200}) {
            world.view().resize(room + 20 - narrower, world.view().height());
            QTRY_COMPARE(pill.width() <= world.view().width() - 20, true);
            QVERIFY2(isWhole(*subject) && isWhole(*option), qPrintable(subject->text()));
            QCOMPARE(subject->accessibleName(), said);
            QVERIFY2(subject->text().endsWith("%)") && subject->text().startsWith("Rong"),
                     qPrintable(subject->text()));
        }
        QVERIFY(subject->text().contains(QChar(0x2026)));
    }

    void whatAGlacierWouldBeStandsBelowWhileItIsDragged() {
        World world;
        auto actions = world.actions();
        const auto start = world.star();
        actions.heldAgainst = [start](const outlines::OutlineRef&) {
            return ui::editing::HeldAgainst{start, nullptr, nullptr};
        };
        ToolHost host(world.view(), world, actions, ui::tools::toolTable());
        host.refresh();
        const auto areas = [&] {
            const auto* label = world.view().findChild<QLabel*>("toolAreas");
            return label->isVisible() ? label->text() : QString();
        };
        QVERIFY(areas().isEmpty());
        const QPoint from = world.placeOf(world.vertexInSight());
        world.press(from);
        world.move(from + QPoint(20, 30));
        static const QRegularExpression known("^[0-9.]+ km² · against start [+−]?[0-9.]+ %$");
        QVERIFY2(known.match(areas()).hasMatch(), qPrintable(areas()));
        const auto first = areas();
        world.move(from + QPoint(40, 60));
        QVERIFY(areas() != first && known.match(areas()).hasMatch());
        QTest::keyClick(&world.view(), Qt::Key_Escape);
        QVERIFY(areas().isEmpty());
        world.release(from);
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
            moveHeld(view, at, Qt::NoButton);
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
};

NUNATAK_VIEWPORT_TEST_MAIN(ToolViewTest)
#include "tool_view_test.moc"
