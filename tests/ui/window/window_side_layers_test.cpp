// SPDX-License-Identifier: GPL-3.0-or-later
// Side layers in the real window: chosen, drawn in with mouse and keys, taken back, left again.
#include "editing_words.h"
#include "inventory_fixture.h"
#include "window_fixture.h"

#include "tasks/learning_task.h"
#include "tasks/spoken_ground.h"

#include "geo/paths.h"
#include "ui/layers/inspector_panel.h"

#include <QLabel>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

void choose(MainWindow& window, const char* action) {
    window.findChild<QAction*>(action)->trigger();
}

void clicks(MainWindow& window, std::initializer_list<geo::Point> places) {
    for (const auto& place : places) {
        QTest::mouseClick(window.viewport(), Qt::LeftButton, {}, placeOf(window, place));
        QTest::qWait(QApplication::doubleClickInterval() + 50); // or two of them are one
    }
}

QString inventoryLine(MainWindow& window) {
    return part<QLabel>(window.viewport(), "inventoryText")->accessibleName();
}

} // namespace

class WindowSideLayersTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    geo::Point inBig(double east, double north) const {
        return {m_fixture.big().x + east * WindowFixture::pixel,
                m_fixture.big().y + north * WindowFixture::pixel};
    }

private Q_SLOTS:
    void groundThatWasReviewedAndStrokesAreDrawnForAModelToLearnFrom() {
        const auto file = m_fixture.makeInventory("reviewed.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(lastStep(*window), "New layer Reviewed ground");
        clicks(*window, {inBig(-40, -40), inBig(-20, -40), inBig(-20, -20), inBig(-40, -20)});
        QTest::keyClick(window->viewport(), Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), "Draw reviewed ground");
        QTest::keyClick(window.get(), Qt::Key_X, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(lastStep(*window), "New layer Strokes of no ice");
        clicks(*window, {inBig(-40, 30), inBig(-20, 30)});
        QTest::keyClick(window->viewport(), Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), "Draw stroke of no ice");
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "reviewed_ground");
        choose(*window, "undo");
        QTRY_COMPARE(glaciersIn(*window, "no_ice_stroke"), 0);
        choose(*window, "redo");
        QTRY_COMPARE(glaciersIn(*window, "no_ice_stroke"), 1);
        QVERIFY(closed(*window));
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        const auto task = tasks::learningFrom(*project, "expert");
        const auto scene = project->scene().id;
        QCOMPARE(tasks::reviewedRegions(task.layers, scene).size(), std::size_t{1});
        training::TrainingArea beside;
        beside.crs = project->crs();
        const auto area = tasks::areaFromStrokes(beside, task.layers, scene, 60);
        QVERIFY(area && area->removed.size() == 1 && area->glaciers.empty());
    }

    void aLakeIsDrawnOverAGlacierAndBackInTheInventoryAGlacier() {
        const auto file = m_fixture.makeInventory("lake.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(inventoryLine(*window).contains("Inventory 2019"));
        choose(*window, "sideLayer_supra_lake");
        QTRY_COMPARE(lastStep(*window), "New layer Supraglacial lakes");
        QVERIFY2(inventoryLine(*window).contains("Supraglacial lakes"), qPrintable(inventoryLine(*window)));
        QCOMPARE(subject(*window), "Supraglacial lakes");
        for (const auto& row : window->findChild<ui::layers::LayerPanel*>()->layers()) {
            QCOMPARE(row.isEdited, row.name == "supra_lake");
        }
        clicks(*window, {inBig(-6, -6), inBig(6, -6), inBig(6, 6), inBig(-6, 6)});
        QTest::keyClick(window->viewport(), Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), "Draw supraglacial lake");
        QCOMPARE(glaciersIn(*window, "supra_lake"), 1);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "lake");
        // A click takes the lake while its layer is edited, and again the glacier beneath.
        QTest::keyClick(window->viewport(), Qt::Key_Q);
        clickAt(*window, m_fixture.small());
        clickAt(*window, m_fixture.big());
        QVERIFY2(selectedName(*window).contains("supraglacial lake", Qt::CaseInsensitive) ||
                     subject(*window).contains("supraglacial lake", Qt::CaseInsensitive),
                 qPrintable(selectedName(*window) + " / " + subject(*window)));
        // The line says so, and has the way back.
        auto* back = part<QPushButton>(window->viewport(), "inventoryBack");
        QVERIFY(back->isVisible());
        QTest::mouseClick(back, Qt::LeftButton);
        QVERIFY(!back->isVisible());
        QVERIFY(inventoryLine(*window).contains("Inventory 2019") || !selectedName(*window).isEmpty());
        // Taken back, the layer goes, too.
        choose(*window, "undo");
        QTRY_COMPARE(glaciersIn(*window, "supra_lake"), 0);
        choose(*window, "undo");
        QTRY_VERIFY(!lastStep(*window).startsWith("Draw"));
        choose(*window, "redo");
        choose(*window, "redo");
        QTRY_COMPARE(glaciersIn(*window, "supra_lake"), 1);
        QVERIFY(closed(*window));
        const auto lakes = stored(file, "supra_lake");
        QCOMPARE(lakes.size(), std::size_t{1});
        QCOMPARE(lakes.front()->attributes.at("line_type").text(), std::string("supra_lake"));
        QCOMPARE(lakes.front()->attributes.at("glacier").text(), std::string("Big Glacier"));
    }

    void aSnowLineIsClickedItsVertexDraggedAndAPointPlaced() {
        const auto file = m_fixture.makeInventory("snow.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        // Without a layer of lines the key says where to choose one.
        QTest::keyClick(window->viewport(), Qt::Key_Comma);
        QVERIFY2(hint(*window).contains("Side layers"), qPrintable(hint(*window)));
        choose(*window, "sideLayer_snow_line");
        QCOMPARE(subject(*window), "Snow lines");
        clicks(*window, {inBig(-15, 2), inBig(0, 8), inBig(15, 2)});
        QTest::keyClick(window->viewport(), Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), "Draw snow line");
        QTest::keyClick(window->viewport(), Qt::Key_Q);
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, inBig(0, 8)),
             placeOf(*window, inBig(0, -4)));
        QTRY_VERIFY2(lastStep(*window).startsWith("Move vertex of snow line"), qPrintable(lastStep(*window)));
        // Elsewhere nothing is selected, and a click at the line takes it again.
        QTest::keyClick(window->viewport(), Qt::Key_Escape);
        QTest::keyClick(window->viewport(), Qt::Key_Escape);
        clickAt(*window, inBig(-7.5, -1));
        QVERIFY2(subject(*window).contains("snow line", Qt::CaseInsensitive), qPrintable(subject(*window)));
        choose(*window, "sideLayer_highest");
        clicks(*window, {inBig(3, 14)});
        QTRY_COMPARE(lastStep(*window), "Place highest point");
        // Of a point nobody asks what only a glacier has, and where it lies is said, not typed.
        const auto* inspector = window->findChild<ui::layers::InspectorPanel*>();
        const auto isAsked = [&](const char* attribute) {
            const auto* field =
                inspector->findChild<QWidget*>(QStringLiteral("attribute_") + QLatin1String(attribute));
            return field != nullptr && field->isVisibleTo(inspector);
        };
        QTRY_VERIFY(isAsked("notes"));
        for (const char* attribute : {"rgi_id", "glims_id", "term_type", "surge_type", "debris_pct",
                                      "glacier", "glac_uuid", "line_type"}) {
            QVERIFY2(!isAsked(attribute), attribute);
        }
        QStringList said;
        for (const auto* label : inspector->findChildren<QLabel*>()) {
            said << label->text();
        }
        QVERIFY2(said.contains("Glacier") && said.contains("Big Glacier"), qPrintable(said.join(", ")));
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "snow-line");
        QVERIFY(closed(*window));
        const auto lines = stored(file, "snow_line");
        QCOMPARE(lines.size(), std::size_t{1});
        QVERIFY(geo::kindOf(lines.front()->geometry) == geo::ShapeKind::Polyline);
        QCOMPARE(lines.front()->vertices(), std::size_t{3});
        QVERIFY(geo::linesOf(lines.front()->geometry)[0][1].y < m_fixture.big().y);
        QCOMPARE(lines.front()->attributes.at("glacier").text(), std::string("Big Glacier"));
        QVERIFY(geo::kindOf(stored(file, "highest").front()->geometry) == geo::ShapeKind::Point);
    }

    void rockInIceIsSaidToBeAHole() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("rock.gpkg"));
        QVERIFY(window);
        choose(*window, "sideLayer_debris_cov");
        choose(*window, "sideLayer_rock");
        QVERIFY(window->findChild<QAction*>("hole")->isChecked());
        QVERIFY(inventoryLine(*window).contains("Inventory 2019"));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowSideLayersTest)
#include "window_side_layers_test.moc"
