// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"
#include "picture.h"
#include "timings.h"

#include "base/error.h"
#include "base/install_paths.h"
#include "base/printable.h"
#include "start/openmp_waiting.h"
#include "ui/viewport/surface_format.h"
#include "ui/viewport/viewport.h"
#include "ui/window/appearance.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QPixmap>
#include <QSettings>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>

namespace {

using namespace nunatak;

bool hasDisplay() {
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    return set("DISPLAY") || set("WAYLAND_DISPLAY") || set("QT_QPA_PLATFORM");
}

constexpr auto noDisplay =
    "nunatak: There is no display to draw on. Start it on a desktop, or put xvfb-run -a before the command "
    "(Debian package xvfb); nunatak-cli needs no display at all.\n";

/// Qt ends the program when the display that is named cannot be reached; one sentence says it better.
void tellOfDisplay(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtFatalMsg) {
        std::fputs(noDisplay, stderr);
        std::_Exit(1);
    }
    if (type != QtDebugMsg && !message.contains(QStringLiteral("could not connect to display")) &&
        !message.contains(QStringLiteral("Could not load the Qt platform plugin"))) {
        std::fprintf(stderr, "%s\n", qPrintable(message));
    }
}

/// Grabs the window once nothing runs any more, a moment after the last job so that what it changed is drawn.
void grabWhenIdle(ui::window::MainWindow& window, const QString& file) {
    auto* timer = new QTimer(&window);
    timer->setInterval(1500);
    QObject::connect(timer, &QTimer::timeout, &window, [&window, file, timer] {
        if (!window.isIdle()) {
            timer->stop();
        } else if (window.viewport()->isSharp()) {
            const bool written = window.grab().save(file);
            QApplication::exit(written ? 0 : 1);
        }
    });
    const auto grab = [&window, timer] {
        window.viewport()->update();
        timer->start();
    };
    QObject::connect(&window, &ui::window::MainWindow::becameIdle, &window, grab);
    QObject::connect(&window, &ui::window::MainWindow::openingFailed, &window, [](const QString& sentence) {
        std::cerr << "nunatak: " << sentence.toStdString() << '\n';
        QApplication::exit(1);
    });
}

int runDesktop(QApplication& application, const Arguments& arguments, const InstallPaths& paths) {
    ui::window::applyAppearance(application);
    ui::window::MainWindow window(paths, std::make_unique<QSettings>());
    if (!arguments.windowScreenshot.empty()) {
        window.resize(arguments.width, arguments.height);
        const auto file = QString::fromStdString(arguments.windowScreenshot.string());
        if (arguments.project.empty()) {
            QTimer::singleShot(1000, &window,
                               [&window, file] { QApplication::exit(window.grab().save(file) ? 0 : 1); });
        } else {
            grabWhenIdle(window, file);
        }
    }
    const auto timings = arguments.timings ? std::make_unique<Timings>(window) : nullptr;
    window.show();
    if (!arguments.project.empty()) {
        // Once the window is up: opening is a job and reports into it.
        QTimer::singleShot(0, &window, [&window, &arguments] { window.openProject(arguments.project); });
    }
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
    nunatak::restartWithWaitingThreads(argv);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a limit on the size of files is told as a full disk is
    const auto parsed = parseArguments(argc, argv);
    if (const int* code = std::get_if<int>(&parsed); code != nullptr) {
        return *code;
    }
    const auto& arguments = std::get<Arguments>(parsed);
    if (!hasDisplay()) {
        std::fputs(noDisplay, stderr);
        return 1;
    }
    try {
        const auto paths = installPaths();
        ui::viewport::setDefaultSurfaceFormat();
        const auto usual = qInstallMessageHandler(tellOfDisplay);
        QApplication application(argc, argv);
        qInstallMessageHandler(usual);
        QApplication::setApplicationName(QStringLiteral("Nunatak"));
        QApplication::setOrganizationName(QStringLiteral("Nunatak"));
        QApplication::setApplicationVersion(QStringLiteral(NUNATAK_VERSION));
        if (!arguments.screenshot.empty()) {
            drawPicture(arguments, paths);
            return 0;
        }
        return runDesktop(application, arguments, paths);
    } catch (const std::exception& error) {
        std::cerr << "nunatak: " << nunatak::printable(error.what()) << '\n';
        return 1;
    }
}
