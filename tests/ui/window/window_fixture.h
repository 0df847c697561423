// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/registry.h"
#include "project/inventory.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"
#include "scene/scene.h"
#include "support/fake_models.h"
#include "support/hand.h"
#include "ui/viewport/surface_format.h"
#include "ui/viewport/viewport.h"
#include "ui/window/actions.h"
#include "ui/window/appearance.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <filesystem>
#include <memory>
#include <string>

namespace nunatak::tests {

/// A valley with two bright glaciers, in a folder of its own: scene.json, rasters, a project with the
/// expert's outlines, and a model ("bright") that takes bright ground for ice.
class WindowFixture {
public:
    static constexpr int columns = 160;
    static constexpr int rows = 128;
    static constexpr double pixel = 30;
    static constexpr double left = 480000;
    static constexpr double top = 3100000;
    /// Middles of the two glaciers and a place without ice, as pixels.
    static constexpr double bigColumn = 60, bigRow = 64, bigRadius = 26;
    static constexpr double smallColumn = 122, smallRow = 40, smallRadius = 14;

    WindowFixture() {
        raster::initialiseGdal();
        writeScene();
        writeModel("bright", {{"optical", {"blue", "green", "red", "nir"}}});
    }

    std::string path(const char* name) const {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    QString qpath(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    geo::Grid grid() const {
        return {geo::Crs::fromUserInput("EPSG:32645"), left, top, pixel, columns, rows};
    }
    geo::Point big() const { return grid().toMap(bigColumn, bigRow); }
    geo::Point small() const { return grid().toMap(smallColumn, smallRow); }
    geo::Point rock() const { return grid().toMap(20, 15); }
    /// The vertex of the big glacier that lies farthest east, moved so many metres further.
    geo::Point eastVertex(double moved = 0) const { return {big().x + bigRadius * pixel + moved, big().y}; }

    /// A new project file with the scene and the two glaciers as layer `expert`.
    std::string makeProject(const char* name = "valley.gpkg") const {
        auto project = project::Project::create(path(name), grid().crs);
        project->addScene(scene::loadScene(path("scene.json")));
        outlines::LayerInfo expert{"expert", outlines::LayerKind::Expert, project->scene().id, "2019-09-01"};
        project->importOutlines(expert, {outline("Big Glacier", big(), bigRadius * pixel),
                                         outline("Small Glacier", small(), smallRadius * pixel)});
        project->flush();
        return path(name);
    }

    /// The same with the two glaciers as an inventory over the expert's outlines.
    std::string makeInventory(const char* name) const {
        const auto file = makeProject(name);
        const auto project = project::Project::open(file);
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->close();
        return file;
    }

    static outlines::Outline outline(const std::string& name, geo::Point middle, double radius) {
        outlines::Outline result;
        result.uuid = outlines::makeUuid();
        result.name = name;
        result.srcDate = "2019-09-01";
        result.attributes = {{"rgi_id", "RGI2000-v7.0-G-15-0" + std::to_string(name.size())}};
        geo::Ring ring;
        for (int i = 0; i < 16; ++i) {
            const double angle = -2 * 3.14159265358979 * i / 16;
            ring.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
        }
        result.geometry = {{ring, {}}};
        return result;
    }

    void writeModel(const std::string& name, const std::vector<models::FeatureSpec>& features) const {
        models::Manifest manifest;
        manifest.name = name;
        manifest.network.tile = 32;
        manifest.network.features = features;
        manifest.pixelSize = pixel;
        for (const auto& feature : features) {
            manifest.scaling[feature.name].assign(feature.bands.size(), models::BandScaling{0, 1, false});
            manifest.requiredFeatures.push_back(feature.name);
        }
        manifest.provenance = "Made for a test.";
        models::Registry(path("installed"), path("models"))
            .store(manifest, FakeNetwork::freshWeights(manifest.network));
    }

    InstallPaths paths() const {
        InstallPaths paths;
        paths.modelsModule = NUNATAK_FAKE_MODULE;
        paths.installedModels = path("installed");
        paths.userModels = path("models");
        paths.shaders = std::filesystem::path(NUNATAK_BUILD_DIRECTORY) / "share" / "nunatak" / "shaders";
        return paths;
    }

    /// A window on screen, without a project; settings in the fixture's folder.
    std::unique_ptr<ui::window::MainWindow> newWindow() const { return newWindow(paths()); }
    std::unique_ptr<ui::window::MainWindow> newWindow(const InstallPaths& installed) const {
        auto window = std::make_unique<ui::window::MainWindow>(
            installed, std::make_unique<QSettings>(qpath("settings.ini"), QSettings::IniFormat));
        window->resize(1100, 760);
        window->show();
        if (!QTest::qWaitForWindowExposed(window.get())) {
            return nullptr;
        }
        // Without a window manager a window gets no shortcuts until it is told that it is active.
        window->raise();
        window->activateWindow();
        return QTest::qWaitForWindowActive(window.get()) ? std::move(window) : nullptr;
    }
    /// A window with this project open and drawn; null when that fails.
    std::unique_ptr<ui::window::MainWindow> openWindow(const std::string& project) const {
        return openWindow(project, paths());
    }
    std::unique_ptr<ui::window::MainWindow> openWindow(const std::string& project,
                                                       const InstallPaths& installed) const {
        auto window = newWindow(installed);
        if (window == nullptr) {
            return nullptr;
        }
        window->openProject(project);
        if (!QTest::qWaitFor([&] { return window->isIdle() && window->viewport()->terrain() != nullptr; },
                             20000)) {
            return nullptr;
        }
        window->viewport()->setView(ui::viewport::Viewport::View::Nadir);
        window->viewport()->frame(grid().extent(), false);
        window->viewport()->grabFramebuffer();
        return window;
    }

private:
    static bool ice(int column, int row) {
        const auto inside = [&](double c, double r, double radius) {
            return std::hypot(column + 0.5 - c, row + 0.5 - r) < radius;
        };
        return inside(bigColumn, bigRow, bigRadius) || inside(smallColumn, smallRow, smallRadius);
    }

    void writeScene() const {
        Image<float> optical(4, rows, columns);
        Image<float> elevation(1, rows, columns);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                const float grain = 0.04F * static_cast<float>((column * 7 + row * 13) % 5);
                for (int band = 0; band < 4; ++band) {
                    optical.at(band, row, column) = (ice(column, row) ? 0.75F : 0.15F) + grain;
                }
                elevation.at(0, row, column) =
                    4000 + 500 * static_cast<float>(std::sin(column / 18.0) * std::cos(row / 22.0));
            }
        }
        write("optical.tif", optical, {"blue", "green", "red", "nir"});
        write("elevation.tif", elevation, {"elevation"});
        scene::Scene scene;
        scene.id = outlines::makeUuid();
        scene.name = "valley";
        scene.date = "2020-08-20";
        scene.sensor = "Test camera";
        scene.grid = grid();
        scene.rasters = {
            {"optical", path("optical.tif"), {1, 2, 3, 4}, {"blue", "green", "red", "nir"}, 1, 0},
            {"dem", path("elevation.tif"), {1}, {"elevation"}, 1, 0}};
        scene::saveScene(scene, path("scene.json"));
    }
    void write(const char* name, const Image<float>& pixels, const std::vector<std::string>& bands) const {
        raster::RasterLayout layout;
        layout.grid = grid();
        layout.bandNames = bands;
        raster::RasterWriter writer(path(name), layout);
        writer.write(pixels, 0, 0);
        writer.finish();
    }

    QTemporaryDir m_folder;
};

template <typename Widget> Widget* part(QWidget* window, const char* name) {
    return window->findChild<Widget*>(QString::fromUtf8(name));
}

/// The dialog of this name, or of any name, that is open now; null when there is none.
inline QWidget* openDialog(const QString& name = {}) {
    auto* dialog = QApplication::activeModalWidget();
    return dialog != nullptr && (name.isEmpty() || dialog->objectName() == name) ? dialog : nullptr;
}

/// Where a map point is in the viewport, whole pixels.
inline QPoint placeOf(ui::window::MainWindow& window, geo::Point map) {
    const auto place = window.viewport()->project(map);
    return place ? place->toPoint() : QPoint(-1, -1);
}

inline void clickAt(ui::window::MainWindow& window, geo::Point map) {
    QTest::mouseClick(window.viewport(), Qt::LeftButton, {}, placeOf(window, map));
}

/// Drags a vertex of the selected glacier so far to the east. What is a reference offers an inventory
/// instead, which is accepted.
inline void dragVertex(ui::window::MainWindow& window, geo::Point vertex, double metres) {
    const auto once = [&] {
        drag(window.viewport(), Qt::LeftButton, placeOf(window, vertex),
             placeOf(window, {vertex.x + metres, vertex.y}));
    };
    once();
    auto* offer = window.viewport()->findChild<QPushButton*>(QStringLiteral("toastButton"));
    if (offer->isVisible() && offer->text() == QLatin1String("Start inventory from it")) {
        QTest::mouseClick(offer, Qt::LeftButton);
        const auto* line = window.viewport()->findChild<QLabel*>(QStringLiteral("inventoryText"));
        QVERIFY(QTest::qWaitFor([line] { return line->text().startsWith(QChar(0x270e)); }, 10000));
        once();
    }
}

/// The outlines of a layer in a project file that nobody has open.
inline std::vector<outlines::OutlineSet::Handle> stored(const std::string& file, const std::string& layer) {
    const auto project = project::Project::open(file, project::Access::ReadOnly);
    return project->hasLayer(layer) ? project->outlines(layer).all()
                                    : std::vector<outlines::OutlineSet::Handle>{};
}

/// Presses a button of the question that is open.
inline bool answer(const QString& button) {
    auto* question = openDialog(QStringLiteral("question"));
    if (question == nullptr) {
        return false;
    }
    for (auto* offered : question->findChildren<QAbstractButton*>()) {
        if (offered->text().remove(QLatin1Char('&')) == button) {
            QTest::mouseClick(offered, Qt::LeftButton);
            return QTest::qWaitFor([] { return openDialog() == nullptr; }, 5000);
        }
    }
    return false;
}

/// Keeps what is on screen where NUNATAK_PICTURES names a folder, for a human to look at.
inline void picture(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("NUNATAK_PICTURES");
    if (!folder.isEmpty()) {
        widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }
}

/// Closes the window as a user does and waits until it is gone.
inline bool closed(ui::window::MainWindow& window) {
    window.close();
    return QTest::qWaitFor([&] { return !window.isVisible(); }, 10000);
}

} // namespace nunatak::tests

/// QTEST_MAIN with what must be set before the application exists.
#define NUNATAK_WINDOW_TEST_MAIN(TestClass)                                                                  \
    int main(int argc, char** argv) {                                                                        \
        nunatak::ui::viewport::setDefaultSurfaceFormat();                                                    \
        QApplication application(argc, argv);                                                                \
        nunatak::ui::window::applyAppearance(application);                                                   \
        TestClass test;                                                                                      \
        QTEST_SET_MAIN_SOURCE_PATH                                                                           \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
