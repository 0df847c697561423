// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "synthetic_terrain.h"

#include "ui/viewport/surface_format.h"
#include "ui/viewport/viewport.h"

#include <QApplication>
#include <QtTest>

#include <cmath>
#include <filesystem>
#include <memory>
#include <string>

namespace nunatak::tests {

inline std::filesystem::path builtShaders() {
    return std::filesystem::path(NUNATAK_BUILD_DIRECTORY) / "share" / "nunatak" / "shaders";
}

/// A window of its own with the invented terrain, drawn at least once; nothing flies.
inline std::unique_ptr<ui::viewport::Viewport> shownViewport(const QSize& size = {640, 480},
                                                             const SyntheticOptions& options = {}) {
    auto viewport = std::make_unique<ui::viewport::Viewport>(builtShaders());
    viewport->resize(size);
    viewport->setTerrain(syntheticTerrain(options));
    viewport->show();
    if (!QTest::qWaitForWindowExposed(viewport.get())) {
        return nullptr;
    }
    viewport->raise();
    viewport->activateWindow();
    return QTest::qWaitFor([&] { return viewport->isSharp(); }, 20000) ? std::move(viewport) : nullptr;
}

/// Waits until the camera rests and everything that belongs into the view is drawn.
inline void settle(ui::viewport::Viewport& viewport) {
    QTRY_VERIFY_WITH_TIMEOUT(!viewport.isFlying() && viewport.isSharp(), 20000);
}

/// The view as it is when everything is drawn.
inline QImage drawn(ui::viewport::Viewport& viewport) {
    settle(viewport);
    return viewport.grabFramebuffer();
}

/// A star-shaped outline with this many vertices.
inline outlines::OutlineHandle outlineAround(geo::Point middle, double radius, int vertices,
                                             const std::string& uuid = "star") {
    outlines::Outline outline;
    outline.uuid = uuid;
    geo::Polygon polygon;
    for (int i = 0; i < vertices; ++i) {
        const double angle = 2 * 3.14159265358979 * i / vertices;
        const double r = radius * (1 + 0.25 * std::sin(5 * angle) + 0.08 * std::sin(17 * angle));
        polygon.outer.push_back({middle.x + r * std::cos(angle), middle.y + r * std::sin(angle)});
    }
    outline.geometry = {polygon};
    return outlines::share(std::move(outline));
}

/// The camera as the project stores it: what it looks at, metres of the view's height, angles in degrees.
inline QString cameraText(const geo::Point& at, double z, double viewHeight, double heading, double tilt) {
    QStringList parts{"camera", "1"};
    for (const double value : {at.x, at.y, z, viewHeight, heading, tilt}) {
        parts << QString::number(value, 'g', 17);
    }
    return parts.join(' ');
}

inline double apart(QPointF a, QPointF b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

} // namespace nunatak::tests

/// QTEST_MAIN with the surface format that must be set before the application exists.
#define NUNATAK_VIEWPORT_TEST_MAIN(TestClass)                                                                \
    int main(int argc, char** argv) {                                                                        \
        nunatak::ui::viewport::setDefaultSurfaceFormat();                                                    \
        QApplication application(argc, argv);                                                                \
        TestClass test;                                                                                      \
        QTEST_SET_MAIN_SOURCE_PATH                                                                           \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
