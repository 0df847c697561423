// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport_fixture.h"

#include "ui/tools/edit_vertex_tool.h"

#include <algorithm>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::tools::EditVertexTool;
using nunatak::ui::viewport::PointerEvent;

namespace {

outlines::OutlineHandle square() {
    outlines::Outline outline;
    outline.uuid = "square";
    outline.geometry = {{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};
    return outlines::share(std::move(outline));
}

/// One metre a pixel.
PointerEvent at(double x, double y) {
    return {{x, -y}, {x, y}, 0, 1, Qt::NoModifier};
}

struct World {
    std::optional<geo::VertexId> emphasised;
    EditVertexTool::Handle live;
    int shown = 0;
    std::optional<geo::MultiPolygon> edited;
    QString hint;

    EditVertexTool::Actions actions() {
        EditVertexTool::Actions actions;
        actions.emphasise = [this](const auto& vertex) { emphasised = vertex; };
        actions.showLive = [this](const QString&, EditVertexTool::Handle outline) {
            live = std::move(outline);
            ++shown;
        };
        actions.edited = [this](const QString&, const std::string&, const geo::MultiPolygon& geometry) {
            edited = geometry;
        };
        actions.hint = [this](const QString& reason) { hint = reason; };
        return actions;
    }
};

} // namespace

class EditVertexToolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aVertexNearThePointerIsEmphasised() {
        World world;
        EditVertexTool tool(world.actions());
        tool.hover(at(101, 99));
        QVERIFY(!world.emphasised); // nothing is selected
        tool.setSelected("expert", square());
        tool.hover(at(104, 97));
        QCOMPARE(*world.emphasised, (geo::VertexId{0, 0, 2}));
        tool.hover(at(110, 100));
        QVERIFY(!world.emphasised);
    }

    void aPressAwayFromTheVerticesIsTheCameras() {
        World world;
        EditVertexTool tool(world.actions());
        tool.setSelected("expert", square());
        QVERIFY(tool.press(at(50, 50)) == nullptr);
        QVERIFY(tool.press(at(100, 100)) != nullptr);
    }

    void aDragShowsTheOutlineLiveAndEndsInOneEdit() {
        World world;
        EditVertexTool tool(world.actions());
        tool.setSelected("expert", square());
        const auto gesture = tool.press(at(102, 100)); // two metres beside the vertex
        gesture->update(at(122, 130));
        QVERIFY(world.live != nullptr);
        QCOMPARE(world.live->geometry[0].outer[2], (geo::Point{120, 130})); // no jump at the press
        QCOMPARE(world.live->uuid, std::string("square"));
        QVERIFY(!world.edited);
        gesture->end(at(132, 140));
        QVERIFY(world.edited.has_value());
        QCOMPARE((*world.edited)[0].outer[2], (geo::Point{130, 140}));
        QVERIFY(world.live == nullptr);
    }

    void aClickWithoutADragEditsNothing() {
        World world;
        EditVertexTool tool(world.actions());
        tool.setSelected("expert", square());
        const auto gesture = tool.press(at(100, 100));
        gesture->update(at(101, 101));
        gesture->end(at(101, 101));
        QVERIFY(!world.edited);
        QVERIFY(world.live == nullptr);
    }

    void whereTheOutlineWouldCrossItselfTheVertexStaysAtTheLastValidPlace() {
        World world;
        EditVertexTool tool(world.actions());
        tool.setSelected("expert", square());
        const auto gesture = tool.press(at(100, 100));
        gesture->update(at(150, 150));
        gesture->update(at(50, -60)); // across the lower side
        QCOMPARE(world.live->geometry[0].outer[2], (geo::Point{150, 150}));
        QVERIFY(!world.hint.isEmpty());
        gesture->update(at(140, 150));
        QVERIFY(world.hint.isEmpty());
        gesture->end(at(50, -60));
        QCOMPARE((*world.edited)[0].outer[2], (geo::Point{140, 150}));
    }

    void cancellingPutsEverythingBack() {
        World world;
        EditVertexTool tool(world.actions());
        tool.setSelected("expert", square());
        auto gesture = tool.press(at(100, 100));
        gesture->update(at(150, 150));
        gesture->cancel();
        QVERIFY(world.live == nullptr);
        gesture->end(at(160, 160)); // a cancelled gesture does nothing more
        QVERIFY(!world.edited);
        // Destroyed without an end: as if cancelled.
        gesture = tool.press(at(100, 100));
        gesture->update(at(150, 150));
        gesture.reset();
        QVERIFY(world.live == nullptr);
        QVERIFY(!world.edited);
    }

    void inTheRealViewAVertexIsDraggedWithTheMouse() {
        const auto viewport = shownViewport();
        const auto middle = viewport->terrain()->heightGrid.extent().center();
        const auto outline = outlineAround(middle, 1800, 24);
        viewport->setLayer("expert", {outline}, {QColor(255, 0, 0), 2, true});
        viewport->setSelection(outlines::OutlineRef{"expert", "star"});
        std::optional<geo::MultiPolygon> edited;
        EditVertexTool tool(
            *viewport, [&](const QString& layer, const std::string& uuid, const geo::MultiPolygon& geometry) {
                QCOMPARE(layer, QString("expert"));
                QCOMPARE(uuid, std::string("star"));
                edited = geometry;
            });
        tool.setSelected("expert", outline);
        viewport->setTool(&tool);
        // The first vertex that no mountain hides.
        const auto& ring = outline->geometry[0].outer;
        const auto isSeen = [&](const geo::Point& point) {
            const auto place = viewport->project(point);
            const auto seen = place ? viewport->pick(*place) : std::nullopt;
            return seen && std::hypot(seen->map.x - point.x, seen->map.y - point.y) < 20;
        };
        const auto vertex = std::find_if(ring.begin(), ring.end(), isSeen);
        QVERIFY(vertex != ring.end());
        const auto index = static_cast<std::size_t>(vertex - ring.begin());
        const auto from = viewport->project(*vertex)->toPoint();
        const QPoint to = from + QPoint(8, 14);
        const auto move = [&](QPoint position) {
            QMouseEvent event(QEvent::MouseMove, position, viewport->mapToGlobal(position), Qt::NoButton,
                              Qt::LeftButton, {});
            QApplication::sendEvent(viewport.get(), &event);
        };
        const auto camera = viewport->cameraState();
        QTest::mousePress(viewport.get(), Qt::LeftButton, {}, from);
        move(from + QPoint(5, 10));
        move(to);
        QTest::keyClick(viewport.get(), Qt::Key_Escape);
        QTest::mouseRelease(viewport.get(), Qt::LeftButton, {}, to);
        QVERIFY(!edited);

        QTest::mousePress(viewport.get(), Qt::LeftButton, {}, from);
        move(from + QPoint(5, 10));
        move(to);
        QTest::mouseRelease(viewport.get(), Qt::LeftButton, {}, to);
        QVERIFY(edited.has_value());
        QCOMPARE(viewport->cameraState(), camera);
        const auto moved = *viewport->project((*edited)[0].outer[index]);
        QVERIFY2(
            apart(moved, to) < 3,
            qPrintable(QString("%1 %2, not %3 %4").arg(moved.x()).arg(moved.y()).arg(to.x()).arg(to.y())));
        viewport->setTool(nullptr);
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(EditVertexToolTest)
#include "edit_vertex_tool_test.moc"
