// SPDX-License-Identifier: GPL-3.0-or-later
// Stretches of a prediction's line that come into the inventory, by the menu and along the line, and what is
// taken within a line that is drawn, with the events of a mouse.
#include "editing_words.h"
#include "inventory_fixture.h"

#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <numbers>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

QAction* stretchItem(QMenu* menu) {
    for (auto* action : menu != nullptr ? menu->actions() : QList<QAction*>()) {
        if (action->text().remove(QLatin1Char('&')).startsWith(QLatin1String("Take this stretch"))) {
            return action;
        }
    }
    return nullptr;
}

void highlight(QMenu& menu, QAction* action) {
    const QPoint at = menu.actionGeometry(action).center();
    QTest::mouseMove(&menu, at - QPoint(0, 3));
    QTest::mouseMove(&menu, at);
}

} // namespace

class WindowStretchTest : public QObject {
    Q_OBJECT

    InventoryFixture m_fixture;
    static constexpr double radius = WindowFixture::bigRadius * WindowFixture::pixel;
    static constexpr double moved = 8 * WindowFixture::pixel;

    /// An inventory whose big glacier lies too far east, so that ice is missing in the west; with another
    /// glacier where that ice is, if wanted.
    std::string makeMoved(const char* name, bool hasOther = false) const {
        const geo::Point big = m_fixture.big();
        std::vector<outlines::Outline> all{
            WindowFixture::outline("Big Glacier", {big.x + moved, big.y}, radius)};
        if (hasOther) {
            auto other = WindowFixture::outline("West Glacier", big, radius);
            other.geometry = {{{{big.x - radius - 300, big.y - 200},
                                {big.x - radius + 100, big.y - 200},
                                {big.x - radius + 100, big.y + 200},
                                {big.x - radius - 300, big.y + 200}},
                               {}}};
            all.push_back(std::move(other));
        }
        auto project = project::Project::create(m_fixture.path(name), m_fixture.grid().crs);
        project->addScene(scene::loadScene(m_fixture.path("scene.json")));
        project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, "2019-09-01"},
                                all);
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->removeLayer("expert");
        project->close();
        return m_fixture.path(name);
    }

    /// With a prediction, and the big glacier selected.
    std::unique_ptr<MainWindow> opened(const std::string& file) const {
        auto window = m_fixture.openWindow(file);
        if (!window || !predicts(*window)) {
            return nullptr;
        }
        window->viewport()->frame(m_fixture.grid().extent(), false);
        window->viewport()->grabFramebuffer();
        clickAt(*window, {m_fixture.big().x + moved, m_fixture.big().y});
        return selectedName(*window) == "Big Glacier" ? std::move(window) : nullptr;
    }

    /// On the line of the ice as the picture shows it.
    QPoint onIce(MainWindow& window, double degrees) const {
        const double angle = degrees * std::numbers::pi / 180;
        return placeOf(window, {m_fixture.big().x + radius * std::cos(angle),
                                m_fixture.big().y + radius * std::sin(angle)});
    }

    static double area(const std::string& file) {
        const auto outline = named(file, "inventory", "Big Glacier");
        return geo::invalidReason(outline->geometry).empty() ? geo::planarArea(outline->geometry) : -1;
    }

private Q_SLOTS:
    void aStretchOfAPredictionIsTakenFromTheMenu() {
        const auto file = makeMoved("menu.gpkg");
        const double before = area(file);
        auto window = opened(file);
        QVERIFY(window);
        const auto step = lastStep(*window);
        auto* menu = menuAt(*window, onIce(*window, 180));
        auto* item = stretchItem(menu);
        QVERIFY2(item != nullptr,
                 qPrintable(menu != nullptr ? itemsOf(*menu).join("; ") : QString("no menu")));
        QCOMPARE(selectedName(*window), "Big Glacier"); // the menu is about what it comes into
        QVERIFY(note(*window).isEmpty());
        highlight(*menu, item);
        QVERIFY2(note(*window).startsWith("+0."), qPrintable(note(*window)));
        QCOMPARE(lastStep(*window), step);
        window->viewport()->grabFramebuffer();
        picture(*window, "stretch-menu");
        highlight(*menu, menu->actions().constLast());
        QVERIFY(note(*window).isEmpty());
        QVERIFY(chosen(menu, item->text().remove(QLatin1Char('&'))));
        QTRY_VERIFY2(lastStep(*window).startsWith("Take stretch of ") &&
                         lastStep(*window).endsWith(" into Big Glacier"),
                     qPrintable(lastStep(*window)));
        QCOMPARE(selectedName(*window), "Big Glacier");
        // It is dated by the picture, as whatever is drawn on it, and says so.
        QVERIFY2(toast(*window).startsWith("Big Glacier is of 2020-08-20 now"), qPrintable(toast(*window)));
        picture(*window, "stretch-taken");
        QVERIFY(closed(*window));
        const double after = area(file);
        QVERIFY2(after > 1.1 * before, qPrintable(QString::number(after / before)));
        // Its vertices are the prediction's, bit by bit.
        const auto taken = named(file, "inventory", "Big Glacier");
        std::size_t same = 0;
        for (const auto& outline : stored(file, "predicted")) {
            geo::forEachVertex(outline->geometry, [&](const geo::VertexId&, geo::Point point) {
                const auto& ring = taken->geometry.front().outer;
                same += std::find(ring.begin(), ring.end(), point) != ring.end() ? 1 : 0;
            });
        }
        QVERIFY2(same > 10, qPrintable(QString::number(same)));
    }

    void escLeavesAllAsItIs() {
        const auto file = makeMoved("esc.gpkg");
        const double before = area(file);
        auto window = opened(file);
        QVERIFY(window);
        auto* view = window->viewport();
        const auto step = lastStep(*window);
        auto* menu = menuAt(*window, onIce(*window, 180));
        auto* item = stretchItem(menu);
        QVERIFY(item != nullptr);
        highlight(*menu, item);
        QVERIFY(!note(*window).isEmpty());
        QTest::keyClick(menu, Qt::Key_Escape);
        QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
        QVERIFY(note(*window).isEmpty());
        // And so while it is followed.
        QTest::keyClick(view, Qt::Key_S);
        const auto idle = hint(*window);
        QTest::mouseClick(view, Qt::LeftButton, {}, onIce(*window, 100));
        moveHeld(*view, onIce(*window, 200), Qt::NoButton);
        QVERIFY2(hint(*window).startsWith("Along "), qPrintable(hint(*window)));
        QTest::keyClick(view, Qt::Key_Escape);
        QCOMPARE(hint(*window), idle);
        QCOMPARE(lastStep(*window), step);
        QVERIFY(closed(*window));
        QCOMPARE(area(file), before);
    }

    void whatWouldOverlapIsRefusedAndSaysSo() {
        const auto file = makeMoved("refused.gpkg", true);
        const double before = area(file);
        auto window = opened(file);
        QVERIFY(window);
        const auto step = lastStep(*window);
        auto* menu = menuAt(*window, onIce(*window, 140));
        auto* item = stretchItem(menu);
        QVERIFY(item != nullptr);
        highlight(*menu, item);
        QCOMPARE(note(*window), QString("It would overlap West Glacier."));
        picture(*window, "stretch-refused");
        QVERIFY(chosen(menu, item->text().remove(QLatin1Char('&'))));
        QCOMPARE(note(*window), QString("It would overlap West Glacier."));
        QCOMPARE(lastStep(*window), step);
        QVERIFY(closed(*window));
        QCOMPARE(area(file), before);
    }

    void twoClicksOnItsLineFollowItAndADragGoesOn() {
        const auto file = makeMoved("along.gpkg");
        const double before = area(file);
        auto window = opened(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_S);
        // From within the glacier on to the ice that is missing, along its line, and by hand back again.
        QTest::mouseClick(view, Qt::LeftButton, {}, onIce(*window, 60));
        QTest::mouseClick(view, Qt::LeftButton, {}, onIce(*window, 190));
        const auto followed = note(*window);
        const QPoint inside = placeOf(*window, m_fixture.big());
        moveHeld(*view, inside, Qt::NoButton);
        QVERIFY2(note(*window).startsWith("+0."), qPrintable(note(*window)));
        view->grabFramebuffer();
        picture(*window, "stretch-followed");
        // All of it is one point that goes back.
        QTest::keyClick(view, Qt::Key_Backspace);
        QTest::mouseClick(view, Qt::LeftButton, Qt::ShiftModifier, onIce(*window, 190)); // straight
        QTest::keyClick(view, Qt::Key_Backspace);
        QTest::mouseClick(view, Qt::LeftButton, {}, onIce(*window, 190));
        drag(view, Qt::LeftButton, onIce(*window, 190), inside);
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        QVERIFY(closed(*window));
        QVERIFY2(area(file) > 1.03 * before, qPrintable(QString::number(area(file) / before)));
    }

    void withinALineThePredictionIsTaken() {
        const auto file = makeMoved("here.gpkg");
        const double before = area(file);
        auto window = opened(file);
        QVERIFY(window);
        auto* view = window->viewport();
        const auto step = lastStep(*window);
        QTest::keyClick(view, Qt::Key_V, Qt::ShiftModifier);
        QVERIFY2(subject(*window).startsWith("from "), qPrintable(subject(*window)));
        QVERIFY2(hint(*window).contains("right click: all of Big Glacier"), qPrintable(hint(*window)));
        // Around the western half, where ice is missing.
        const geo::Point big = m_fixture.big();
        const geo::Ring corners{{big.x + 40, big.y - 2 * radius},
                                {big.x + 40, big.y + 2 * radius},
                                {big.x - 2 * radius, big.y + 2 * radius},
                                {big.x - 2 * radius, big.y - 2 * radius}};
        for (const auto& corner : corners) {
            QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, corner));
        }
        moveHeld(*view, placeOf(*window, {big.x - radius, big.y - 2.2 * radius}), Qt::NoButton);
        QVERIFY2(note(*window).startsWith("+0."), qPrintable(note(*window)));
        view->grabFramebuffer();
        picture(*window, "take-here");
        QCOMPARE(lastStep(*window), step); // nothing is done yet
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY2(lastStep(*window).startsWith("Take ") && lastStep(*window).contains("Big Glacier"),
                     qPrintable(lastStep(*window)));
        QCOMPARE(selectedName(*window), "Big Glacier");
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(closed(*window));
        QVERIFY2(area(file) > 1.1 * before, qPrintable(QString::number(area(file) / before)));
    }

    void allOfAGlacierIsTakenFromTheMenuAndUndoGivesItBack() {
        const auto file = makeMoved("whole.gpkg");
        const double before = area(file);
        auto window = opened(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_V, Qt::ShiftModifier);
        auto* menu = menuAt(*window, placeOf(*window, {m_fixture.big().x + moved, m_fixture.big().y}));
        QVERIFY(menu != nullptr);
        const auto items = itemsOf(*menu).filter("Take all of it");
        QVERIFY2(items.size() == 1, qPrintable(itemsOf(*menu).join("; ")));
        QVERIFY(chosen(menu, items.front()));
        QTRY_VERIFY2(lastStep(*window).startsWith("Take ") && lastStep(*window).contains("Big Glacier"),
                     qPrintable(lastStep(*window)));
        picture(*window, "take-whole");
        QTRY_VERIFY2(toast(*window).startsWith("Take "), qPrintable(toast(*window)));
        QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY2(lastStep(*window).startsWith("Undo"), qPrintable(lastStep(*window)));
        QVERIFY(closed(*window));
        QCOMPARE(area(file), before);
    }

    void whatIsDrawnAroundStaysAndAllElseIsTaken() {
        const auto file = makeMoved("keep.gpkg");
        auto window = opened(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_V, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_W, Qt::ShiftModifier);
        QVERIFY2(hint(*window).startsWith("Drag around what stays"), qPrintable(hint(*window)));
        const geo::Point big = m_fixture.big();
        // What lies too far east stays.
        QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, {big.x + 20, big.y - 2 * radius}));
        QTest::mouseClick(view, Qt::LeftButton, {},
                          placeOf(*window, {big.x + 2 * radius, big.y - 2 * radius}));
        QTest::mouseClick(view, Qt::LeftButton, {},
                          placeOf(*window, {big.x + 2 * radius, big.y + 2 * radius}));
        QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, {big.x + 20, big.y + 2 * radius}));
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY2(lastStep(*window).contains("around what stays into Big Glacier"),
                     qPrintable(lastStep(*window)));
        QVERIFY(closed(*window));
        const auto shape = named(file, "inventory", "Big Glacier");
        QVERIFY(geo::invalidReason(shape->geometry).empty());
        QVERIFY(shape->extent().xmax > big.x + radius + moved / 2); // mine
        QVERIFY(shape->extent().xmin < big.x - radius + moved / 2); // the prediction's
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowStretchTest)
#include "window_stretch_test.moc"
