// SPDX-License-Identifier: GPL-3.0-or-later
// A few strokes correct the starter model in the window, with the events of a mouse and of keys.
#include "window_fixture.h"

#include "exchange/outline_files.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "scene/simulate.h"
#include "ui/editing/hint_line.h"
#include "ui/layers/layer_panel.h"

#include <QListWidget>

#include <algorithm>
#include <filesystem>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

const std::filesystem::path build = NUNATAK_BUILD_DIRECTORY;

QString hint(MainWindow& window) {
    return window.viewport()->findChild<ui::editing::HintLine*>()->words();
}

QString pill(MainWindow& window) {
    QStringList words;
    for (const auto* label : part<QWidget>(window.viewport(), "toolPill")->findChildren<QLabel*>()) {
        words << label->text();
    }
    return words.join(QLatin1Char(' '));
}

QString lastStep(MainWindow& window) {
    const auto* history = part<QListWidget>(&window, "history");
    return history->count() > 0 ? history->item(0)->text() : QString();
}

bool hasLayer(MainWindow& window, const QString& name) {
    const auto rows = window.findChild<ui::layers::LayerPanel*>()->layers();
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
}

/// The place in a glacier that is farthest from its edge, roughly.
geo::Point middleOf(const geo::MultiPolygon& shape) {
    const geo::Ring& ring = shape.at(0).outer;
    const auto extent = geo::extentOf(shape);
    geo::Point best = ring.front();
    double farthest = -1;
    for (int i = 1; i < 20; ++i) {
        for (int j = 1; j < 20; ++j) {
            const geo::Point point{extent.xmin + (extent.xmax - extent.xmin) * i / 20,
                                   extent.ymin + (extent.ymax - extent.ymin) * j / 20};
            double away = 1e9;
            for (const auto& vertex : ring) {
                away = std::min(away, std::hypot(vertex.x - point.x, vertex.y - point.y));
            }
            if (geo::isInside(ring, point) && away > farthest) {
                farthest = away;
                best = point;
            }
        }
    }
    return best;
}

} // namespace

class WindowScribbleTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;
    geo::Point m_missing; ///< in the glacier that the inventory has not
    geo::Extent m_extent;

    InstallPaths paths() const {
        auto paths = m_fixture.paths();
        paths.modelsModule = build / "lib" / "nunatak" / "nunatak_models.so";
        paths.installedModels = build / "share" / "nunatak" / "models";
        paths.userModels = m_fixture.path("none");
        return paths;
    }

    /// Simulated ground, and an inventory of all its glaciers but the largest.
    std::string makeProject(const char* name) {
        const std::filesystem::path folder = m_fixture.path("ground");
        if (!std::filesystem::exists(folder / "scene.json")) {
            scene::SimulationOptions options;
            options.seed = 5;
            options.columns = options.rows = 192;
            scene::simulate(options, folder);
        }
        auto scene = scene::loadScene(folder / "scene.json");
        m_extent = scene.grid.extent();
        auto all = exchange::readOutlines(folder / "outlines.gpkg", scene.grid.crs).outlines;
        std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return geo::planarArea(a.geometry) > geo::planarArea(b.geometry);
        });
        m_missing = middleOf(all.front().geometry);
        all.erase(all.begin());
        auto project = project::Project::create(m_fixture.path(name), scene.grid.crs);
        project->addScene(scene);
        project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, scene.date},
                                all);
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->close();
        return m_fixture.path(name);
    }

    std::unique_ptr<MainWindow> opened(const std::string& file) {
        auto window = m_fixture.openWindow(file, paths());
        if (window != nullptr) {
            window->viewport()->frame(m_extent, false);
            window->viewport()->grabFramebuffer();
        }
        return window;
    }

    /// A short stroke around a place.
    static void strokeAt(MainWindow& window, geo::Point place, Qt::KeyboardModifiers modifiers = {}) {
        const QPoint middle = placeOf(window, place);
        drag(window.viewport(), Qt::LeftButton, middle - QPoint(8, 3), middle + QPoint(8, 3), 6, modifiers);
    }

    /// The tool is taken up, and the model has looked at the place.
    static bool taken(MainWindow& window) {
        QTest::keyClick(window.viewport(), Qt::Key_K, Qt::ShiftModifier);
        return QTest::qWaitFor([&] { return hint(window).startsWith(QStringLiteral("Drag along ice")); },
                               120000);
    }

private Q_SLOTS:
    void aStrokeBringsAGlacierThatTheInventoryHasNot() {
        const auto file = makeProject("missing.gpkg");
        const auto before = stored(file, "inventory").size();
        const auto window = opened(file);
        QVERIFY(window);
        QVERIFY2(taken(*window), qPrintable(hint(*window)));
        QVERIFY(window->action("scribble")->isChecked());
        strokeAt(*window, m_missing);
        QTRY_VERIFY2_WITH_TIMEOUT(pill(*window).contains(QStringLiteral("come")), qPrintable(pill(*window)),
                                  20000);
        window->viewport()->grabFramebuffer();
        picture(*window, "scribble-ice");
        // Tab says the opposite, and so it is undone; Backspace takes the stroke back.
        QTest::keyClick(window->viewport(), Qt::Key_Tab);
        QTRY_VERIFY2_WITH_TIMEOUT(!pill(*window).contains(QStringLiteral("come")), qPrintable(pill(*window)),
                                  20000);
        QTest::keyClick(window->viewport(), Qt::Key_Tab);
        QTRY_VERIFY_WITH_TIMEOUT(pill(*window).contains(QStringLiteral("come")), 20000);
        const QString step = lastStep(*window);
        QTest::keyClick(window->viewport(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(lastStep(*window) != step, 20000);
        QVERIFY2(lastStep(*window).startsWith(QStringLiteral("Scribble")), qPrintable(lastStep(*window)));
        QTRY_VERIFY2(hint(*window).startsWith(QStringLiteral("Drag along ice")), qPrintable(hint(*window)));
        // The stroke is kept with it, and goes and comes with it.
        QTRY_VERIFY(hasLayer(*window, "ice_stroke"));
        QVERIFY(!hasLayer(*window, "no_ice_stroke"));
        window->action("undo")->trigger();
        QTRY_VERIFY(!hasLayer(*window, "ice_stroke"));
        window->action("redo")->trigger();
        QTRY_VERIFY(hasLayer(*window, "ice_stroke"));
        QVERIFY(closed(*window));
        const auto strokes = stored(file, "ice_stroke");
        QCOMPARE(strokes.size(), std::size_t(1));
        QCOMPARE(strokes.front()->attributes.at("width_m").text(), std::string("60"));
        QVERIFY(!strokes.front()->sceneId.empty() && !strokes.front()->analyst.empty());
        const auto after = stored(file, "inventory");
        QVERIFY(after.size() >= before);
        QVERIFY(std::any_of(after.begin(), after.end(), [&](const auto& outline) {
            return geo::isInside(outline->geometry.at(0).outer, m_missing);
        }));
    }

    void strokesAreTakenBackOneByOneAndDroppedByEsc() {
        const auto window = opened(makeProject("back.gpkg"));
        QVERIFY(window);
        QVERIFY2(taken(*window), qPrintable(hint(*window)));
        const QString step = lastStep(*window);
        strokeAt(*window, m_missing);
        strokeAt(*window, {m_missing.x + 90, m_missing.y}, Qt::ShiftModifier);
        QTRY_VERIFY2(pill(*window).contains(QStringLiteral("2 strokes")), qPrintable(pill(*window)));
        QTest::keyClick(window->viewport(), Qt::Key_Backspace);
        QTRY_VERIFY2(pill(*window).contains(QStringLiteral("1 stroke")), qPrintable(pill(*window)));
        QTest::keyClick(window->viewport(), Qt::Key_Escape);
        QTRY_VERIFY2(hint(*window).startsWith(QStringLiteral("Drag along ice")), qPrintable(hint(*window)));
        QVERIFY(!pill(*window).contains(QStringLiteral("stroke ")));
        QVERIFY(window->action("scribble")->isChecked());
        QCOMPARE(lastStep(*window), step);
        QVERIFY(closed(*window));
    }

    void withoutAModelForTheSceneItSaysWhy() {
        auto without = paths();
        without.installedModels = m_fixture.path("empty");
        const auto window = m_fixture.openWindow(makeProject("without.gpkg"), without);
        QVERIFY(window);
        QTest::keyClick(window->viewport(), Qt::Key_K, Qt::ShiftModifier);
        QTRY_COMPARE(hint(*window), QStringLiteral("There is no model to look at it"));
        // The starter wants six bands, this valley has four.
        const auto valley = m_fixture.openWindow(m_fixture.makeInventory("valley.gpkg"), paths());
        QVERIFY(valley);
        QTest::keyClick(valley->viewport(), Qt::Key_K, Qt::ShiftModifier);
        QTRY_VERIFY2(hint(*valley).contains(QStringLiteral("lacks bands")), qPrintable(hint(*valley)));
        QVERIFY(hint(*valley).contains(QStringLiteral("swir1")));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowScribbleTest)
#include "window_scribble_test.moc"
