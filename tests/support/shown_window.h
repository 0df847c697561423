// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/install_paths.h"
#include "ui/window/main_window.h"

#include <QSettings>
#include <QSize>
#include <QtTest>

#include <memory>
#include <string>

namespace nunatak::tests {

/// The program's window on screen, with settings of its own, as it begins to open a project. Throws Error
/// where it does not appear.
inline std::unique_ptr<ui::window::MainWindow> shownWindow(const QString& settings, QSize size,
                                                           const std::string& project) {
    auto window = std::make_unique<ui::window::MainWindow>(
        installPaths(), std::make_unique<QSettings>(settings, QSettings::IniFormat));
    window->resize(size);
    window->show();
    if (!QTest::qWaitForWindowExposed(window.get())) {
        throw Error("The window did not appear.");
    }
    window->raise();
    window->activateWindow();
    window->openProject(project);
    return window;
}

} // namespace nunatak::tests
